using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace Fixture.ThrowingConstructor;

/// <summary>Cannot be made.</summary>
public sealed class BrokenFrontEnd : IFrontEnd
{
    public BrokenFrontEnd() => throw new InvalidOperationException("the fixture\n\u001b[31mrefuses");

    public Task<int> RunAsync(FrontEndRequest request, IMessenger messenger, CancellationToken cancellation) => Task.FromResult(ExitCode.Done);
}
