using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Rsa;
using NesActors.Rsa.Engines;

namespace NesActors.Crypto.RsaAes;

/// <summary>
/// The suite of the original NES Messenger: the text under AES-256-CBC, its key under RSA PKCS#1 v1.5, signed with RSA-PSS. Two RSA pairs
/// for each user, 2,048 to 8,192 bits. It hides the text, not who writes to whom, and has no forward secrecy.
/// </summary>
public sealed class RsaAesSuite : ICryptoSuite
{
    private const int DefaultSizeInBits = 2048;

    private readonly IRsaEngine _engine;

    /// <summary>On the fastest RSA that is there.</summary>
    public RsaAesSuite() : this(RsaEngines.Default) { }

    internal RsaAesSuite(IRsaEngine engine) => _engine = engine;

    /// <inheritdoc/>
    public string Id => "nes1";

    /// <inheritdoc/>
    public IReadOnlyList<string> KeyEntries => StoredKeys.Names;

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> frame) => frame.TrimStart(" \t\r\n"u8).StartsWith((byte)'{');

    /// <inheritdoc/>
    public void GenerateKeys(Username user, IKeyStore keys, KeyGenerationOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(options);
        var size = options.SizeInBits ?? DefaultSizeInBits;

        using var message = Generate("message", size, options, cancellation);
        using var sign = Generate("sign", size, options, cancellation);
        StoredKeys.Write(keys, StoredKeys.Message, message);
        StoredKeys.Write(keys, StoredKeys.Sign, sign);
    }

    /// <inheritdoc/>
    public ILocalIdentity LoadIdentity(Username user, IKeyStore keys, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(keys);
        RsaPrivateKey? message = null, sign = null, previous = null;
        try
        {
            message = StoredKeys.Read(keys, StoredKeys.Message, _engine);
            sign = StoredKeys.Read(keys, StoredKeys.Sign, _engine);
            previous = StoredKeys.TryRead(keys, StoredKeys.PreviousMessage, _engine);
            return new RsaAesIdentity(user, message, sign, previous);
        }
        catch
        {
            message?.Dispose();
            sign?.Dispose();
            previous?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IPeerIdentity ReadPeer(PublicRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return RsaAesPeer.Read(record, _engine);
    }

    private RsaPrivateKey Generate(string name, int size, KeyGenerationOptions options, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        options.Progress?.Report($"making the {name} key, RSA of {size} bits");
        return RsaPrivateKey.Generate(size, _engine);
    }
}
