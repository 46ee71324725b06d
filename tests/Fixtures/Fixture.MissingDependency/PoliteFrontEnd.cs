using Fixture.Library;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace Fixture.MissingDependency;

/// <summary>Derives from a class that is not there when it runs.</summary>
public sealed class PoliteFrontEnd : Politeness, IFrontEnd
{
    public Task<int> RunAsync(FrontEndRequest request, IMessenger messenger, CancellationToken cancellation) => Task.FromResult(ExitCode.Done);
}
