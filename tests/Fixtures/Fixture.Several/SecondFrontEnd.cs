using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace Fixture.Several;

/// <summary>The other of two.</summary>
public sealed class SecondFrontEnd : IFrontEnd
{
    public Task<int> RunAsync(FrontEndRequest request, IMessenger messenger, CancellationToken cancellation) => Task.FromResult(ExitCode.Done);
}
