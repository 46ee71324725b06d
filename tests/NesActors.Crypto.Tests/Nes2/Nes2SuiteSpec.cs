using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2;
using NesActors.PluginContracts;

namespace NesActors.Crypto.Tests.Nes2;

public sealed class Nes2SuiteSpec : CryptoSuiteSpec
{
    protected override ICryptoSuite CreateSuite() => new Nes2Suite();
}
