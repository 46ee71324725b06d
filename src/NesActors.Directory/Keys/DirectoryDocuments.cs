using NesActors.Records;

namespace NesActors.Directory.Keys;

/// <summary>What the directory says of itself: signed when the server starts, and again when it is asked for a day later.</summary>
internal sealed class DirectoryDocuments
{
    private static readonly TimeSpan RenewedAfter = TimeSpan.FromDays(1);

    private readonly DirectoryKeys _keys;
    private readonly TimeProvider _clock;
    private readonly Lock _signing = new();
    private (DateTimeOffset Issued, byte[] Body) _present;

    public DirectoryDocuments(DirectoryKeys keys, TimeProvider clock)
    {
        (_keys, _clock) = (keys, clock);
        _present = Sign();
    }

    /// <summary>The answer of <c>GET /directory</c>.</summary>
    public byte[] Present()
    {
        lock (_signing)
        {
            // A clock that was set back makes a document of the future, which nobody would take.
            if ((_clock.GetUtcNow() - _present.Issued).Duration() >= RenewedAfter) _present = Sign();
            return _present.Body;
        }
    }

    private (DateTimeOffset Issued, byte[] Body) Sign()
    {
        var now = _clock.GetUtcNow();
        var document = new DirectoryDocument(
            _keys.Directory, _keys.Rev, _keys.Rsa.PublicKey.ToPem(), _keys.Fresh.PublicKey.Export(), now, now + DirectoryDocument.MaxLifetime);
        return (now, new DirectoryAnswer(SignedBytes.Sign(_keys.Rsa, document.ToJson()), _keys.Chain.Rotations).ToJson());
    }
}
