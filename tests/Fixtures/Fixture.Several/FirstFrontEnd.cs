using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace Fixture.Several;

/// <summary>One of two, and nothing says which is meant.</summary>
public sealed class FirstFrontEnd : IFrontEnd
{
    public Task<int> RunAsync(FrontEndRequest request, IMessenger messenger, CancellationToken cancellation) => Task.FromResult(ExitCode.Done);
}
