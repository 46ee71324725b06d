using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace Fixture.NewerContract;

/// <summary>Implements a later contract.</summary>
public sealed class FutureFrontEnd : IFrontEnd
{
    public Task<int> RunAsync(FrontEndRequest request, IMessenger messenger, CancellationToken cancellation) => Task.FromResult(ExitCode.Done);
}
