using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace Fixture.Empty;

/// <summary>A front-end that its author forgot to make public.</summary>
internal sealed class HiddenFrontEnd : IFrontEnd
{
    public Task<int> RunAsync(FrontEndRequest request, IMessenger messenger, CancellationToken cancellation) => Task.FromResult(ExitCode.Done);
}
