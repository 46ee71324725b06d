using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2.Frames;
using NesActors.Crypto.Nes2.Keys;
using NesActors.Crypto.Nes2.Statements;

namespace NesActors.Crypto.Nes2;

/// <summary>
/// A suite for our own clients (docs/protocol-nes2.md): sealed to prekeys of two weeks by HPKE with X-Wing (X25519 and ML-KEM-768), HKDF-SHA256 and ChaCha20-Poly1305, signed with Ed25519 inside
/// the encryption. It hides sender and length, withstands a later quantum computer, and what was sent before a prekey was erased stays secret.
/// </summary>
public sealed class Nes2Suite : ICryptoSuite
{
    internal const string Name = "nes2";

    /// <summary>The entry of a record that holds the statement.</summary>
    internal static readonly string StatementEntry = PublicRecord.StatementOf(Name);

    /// <inheritdoc/>
    public string Id => Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> KeyEntries { get; } =
    [
        RsaHalves.Message, RsaHalves.Message + RsaHalves.PublicSuffix, RsaHalves.Sign, RsaHalves.Sign + RsaHalves.PublicSuffix,
        IdentityKey.Entry, .. PrekeyRing.Entries, OwnStatement.Entry, EarlierDirectories.Entry,
    ];

    /// <inheritdoc/>
    /// <remarks>Its RSA sign key signs the statement.</remarks>
    public string? Over => "nes1";

    /// <inheritdoc/>
    public int Rank => 100;

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> frame) => frame.StartsWith(FrameLayout.Magic);

    /// <inheritdoc/>
    /// <remarks>Makes an identity in the place of one that is there; the RSA pairs of suite nes1 are made where they are missing and stay otherwise. The first prekey is made when the record is first asked for.</remarks>
    public void GenerateKeys(Username user, IKeyStore keys, KeyGenerationOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(options);
        cancellation.ThrowIfCancellationRequested();
        var missing = RsaHalves.Missing(keys, options, cancellation);
        try
        {
            cancellation.ThrowIfCancellationRequested();
            options.Progress?.Report("making the identity key, Ed25519");
            using var identity = IdentityKey.Generate();
            foreach (var (name, key) in missing) RsaHalves.Write(keys, name, key);
            identity.Write(keys);
            foreach (var entry in PrekeyRing.Entries.Append(EarlierDirectories.Entry)) keys.Erase(entry);
        }
        finally
        {
            foreach (var (_, key) in missing) key.Dispose();
        }
    }

    /// <inheritdoc/>
    public ILocalIdentity LoadIdentity(Username user, IKeyStore keys, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(clock);
        using var message = RsaHalves.Read(keys, RsaHalves.Message);
        using var sign = RsaHalves.Read(keys, RsaHalves.Sign);
        var identity = IdentityKey.Read(keys);
        var prekeys = new PrekeyRing(keys, clock);
        try
        {
            var spki = sign.PublicKey.ExportSpki();
            var statement = new OwnStatement(user, keys, identity, spki, prekeys, clock);
            statement.Load();
            var rsaEntries = new Dictionary<string, string> { [PublicRecord.MessageKey] = message.PublicKey.ToPem(), [PublicRecord.SignKey] = sign.PublicKey.ToPem() };
            return new Nes2Identity(user, identity, prekeys, statement, spki, rsaEntries, clock);
        }
        catch
        {
            identity.Dispose();
            prekeys.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IPeerIdentity ReadPeer(PublicRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Nes2Peer.Read(record);
    }
}
