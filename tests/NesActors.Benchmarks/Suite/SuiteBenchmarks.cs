using BenchmarkDotNet.Attributes;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Rsa.Engines;

namespace NesActors.Benchmarks.Suite;

/// <summary>Suite "nes1" with RSA 2048: sealing, and opening what the original sent.</summary>
[MemoryDiagnoser]
public class SuiteBenchmarks
{
    private SuiteFixture _fixture = null!;

    [Params("OpenSSL", "managed")]
    public string Engine { get; set; } = "";

    [GlobalSetup]
    public void SetUp() => _fixture = new SuiteFixture(Engine == "managed" ? RsaEngines.Managed : RsaEngines.OpenSsl!);

    [GlobalCleanup]
    public void CleanUp() => _fixture.Dispose();

    [Benchmark]
    public byte[] Seal() => _fixture.Seal();

    [Benchmark]
    public Message OpenAndVerify() => _fixture.OpenAndVerify();
}
