using NesActors.Contracts.Crypto;
using NesActors.Crypto.RsaAes;
using NesActors.PluginContracts;

namespace NesActors.Crypto.Tests.RsaAes;

/// <summary>Suite "nes1" on OpenSSL: every bit of a frame.</summary>
public sealed class OpenSslRsaAesSuiteSpec : CryptoSuiteSpec
{
    protected override ICryptoSuite CreateSuite() => new RsaAesSuite(EngineName.OpenSsl.Get());
}

/// <summary>Suite "nes1" on the managed engine, which is slow: samples.</summary>
public sealed class ManagedRsaAesSuiteSpec : CryptoSuiteSpec
{
    protected override int MaxChangedFrames => 60;

    protected override int RandomInputs => 20;

    protected override ICryptoSuite CreateSuite() => new RsaAesSuite(EngineName.Managed.Get());
}
