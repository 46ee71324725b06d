using NesActors.Contracts.Crypto;
using NesActors.PluginContracts;
using Sample.Suite;

namespace NesActors.Crypto.Tests.Sample;

/// <summary>The sample of docs/adding-a-plugin.md does what the host relies on.</summary>
public sealed class SampleSuiteSpec : CryptoSuiteSpec
{
    protected override ICryptoSuite CreateSuite() => new SampleSuite();
}
