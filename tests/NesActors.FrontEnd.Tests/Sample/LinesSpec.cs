using NesActors.Contracts.FrontEnd;
using NesActors.PluginContracts.FrontEnd;
using Sample.Lines;

namespace NesActors.FrontEnd.Tests.Sample;

/// <summary>The sample of docs/adding-a-plugin.md does what the host and the person rely on.</summary>
public sealed class LinesSpec : PrintingFrontEndSpec
{
    protected override IFrontEnd Create() => new LinesFrontEnd();

    protected override FrontEndRequest Request(FrontEndConsole console) => new("lines", console);
}
