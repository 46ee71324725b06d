using BenchmarkDotNet.Attributes;
using NesActors.Contracts;
using NesActors.Crypto.RsaAes;
using NesActors.Rsa.Engines;

namespace NesActors.Benchmarks.Suite;

/// <summary>What suite "nes1" does besides cryptography: frames and plaintexts, read and written.</summary>
[MemoryDiagnoser]
public class CodecBenchmarks
{
    private readonly byte[] _frame;
    private readonly byte[] _plaintext;
    private readonly byte[] _garbage = [.. Enumerable.Repeat((byte)'x', 1024)];
    private readonly Message _message;

    public CodecBenchmarks()
    {
        using var fixture = new SuiteFixture(RsaEngines.Default);
        _frame = fixture.Frame;
        _message = fixture.Message;
        _plaintext = PlaintextCodec.Write(_message).ToArray();
    }

    [Benchmark]
    public object? ReadFrame() => FrameCodec.TryRead(_frame);

    [Benchmark]
    public object? ReadGarbage() => FrameCodec.TryRead(_garbage);

    [Benchmark]
    public object? ReadPlaintext() => PlaintextCodec.TryRead(_plaintext);

    [Benchmark]
    public int WritePlaintext() => PlaintextCodec.Write(_message).Length;
}
