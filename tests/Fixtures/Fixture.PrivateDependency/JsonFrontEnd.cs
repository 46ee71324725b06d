using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using Newtonsoft.Json;

namespace Fixture.PrivateDependency;

/// <summary>Says which version of its library it runs with.</summary>
public sealed class JsonFrontEnd : IFrontEnd
{
    public async Task<int> RunAsync(FrontEndRequest request, IMessenger messenger, CancellationToken cancellation)
    {
        await request.Console.Out.WriteLineAsync($"Newtonsoft.Json {typeof(JsonConvert).Assembly.GetName().Version}");
        return ExitCode.Done;
    }
}
