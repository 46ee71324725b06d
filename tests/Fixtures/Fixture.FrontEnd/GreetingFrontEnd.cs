using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace Fixture.FrontEnd;

/// <summary>Says who is here and whom they want, and ends.</summary>
public sealed class GreetingFrontEnd : IFrontEnd
{
    public async Task<int> RunAsync(FrontEndRequest request, IMessenger messenger, CancellationToken cancellation)
    {
        await request.Console.Out.WriteLineAsync($"{request.Verb}: {messenger.Me} to {request.Peer?.Value ?? "nobody"}");
        return ExitCode.Done;
    }
}
