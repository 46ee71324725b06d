using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Cli.Bench;

/// <summary>Two people of one suite, who exist for as long as it is measured.</summary>
internal sealed class SuiteRun : IDisposable
{
    private static readonly Username Writer = Username.Parse("bench-writer"), Reader = Username.Parse("bench-reader");

    private readonly BenchKeys _writerKeys = new(), _readerKeys = new();
    private readonly ILocalIdentity _writer, _reader;
    private readonly IPeerIdentity _writerAsPeer, _readerAsPeer;
    private readonly TimeProvider _clock;

    /// <summary>Makes their keys.</summary>
    public SuiteRun(ICryptoSuite suite, TimeProvider clock, CancellationToken cancellation)
    {
        _clock = clock;
        var begin = clock.GetTimestamp();
        suite.GenerateKeys(Writer, _writerKeys, new KeyGenerationOptions(), cancellation);
        suite.GenerateKeys(Reader, _readerKeys, new KeyGenerationOptions(), cancellation);
        KeysMilliseconds = clock.GetElapsedTime(begin).TotalMilliseconds / 2;
        _writer = suite.LoadIdentity(Writer, _writerKeys, clock);
        _reader = suite.LoadIdentity(Reader, _readerKeys, clock);
        _writerAsPeer = suite.ReadPeer(_writer.PublicRecord);
        _readerAsPeer = suite.ReadPeer(_reader.PublicRecord);
    }

    /// <summary>How long it took to make one user's keys.</summary>
    public double KeysMilliseconds { get; }

    /// <summary>Writes a text down and seals it.</summary>
    public byte[] Seal(string text) => _writer.Seal(new Message(Writer, Reader, _clock.GetUtcNow(), text), _readerAsPeer);

    /// <summary>Opens a frame and proves its sender.</summary>
    /// <exception cref="InvalidOperationException">It was not opened, or not as it was written.</exception>
    public void Open(byte[] frame, string text)
    {
        if (_reader.Open(frame).Frame?.Verify(_writerAsPeer)?.Text != text) throw new InvalidOperationException("it does not open what it has sealed");
    }

    public void Dispose()
    {
        _writerAsPeer.Dispose();
        _readerAsPeer.Dispose();
        _writer.Dispose();
        _reader.Dispose();
        _writerKeys.Dispose();
        _readerKeys.Dispose();
    }
}
