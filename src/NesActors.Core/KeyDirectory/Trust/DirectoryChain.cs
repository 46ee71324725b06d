using System.Security.Cryptography;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Core.KeyDirectory.Trust;

/// <summary>
/// Checks what a directory says of itself: its RSA keys, each signed by the one before, from the key that the person was given to the newest, which signs
/// the rest. Nothing here asks or remembers anything.
/// </summary>
/// <param name="anchor">The key that the person was given.</param>
/// <param name="known">What was verified before; null at the first time.</param>
/// <param name="address">Where the directory is.</param>
/// <param name="now">The time.</param>
internal sealed class DirectoryChain(RsaPublicKey anchor, KnownDirectory? known, Uri address, DateTimeOffset now)
{
    private readonly Digest _anchor = Digest.Of(anchor);

    /// <summary>Follows the keys.</summary>
    /// <param name="answer">The answer of <c>GET /directory</c>.</param>
    /// <param name="directory">What it proves; null where it is refused.</param>
    /// <returns>Why it is refused, for a person; null where it is not.</returns>
    public string? Follow(DirectoryAnswer answer, out KnownDirectory? directory)
    {
        directory = null;
        var rotations = answer.Rotations.Select(rotation => KeyRotation.TryRead(rotation.Response)).OfType<KeyRotation>().ToArray();
        if (DirectoryDocument.TryRead(answer.Document.Response) is not { } document || rotations.Length != answer.Rotations.Count)
            return Says("what it says of itself is malformed");
        var keys = new List<RsaPublicKey>();
        try
        {
            keys.AddRange(rotations.Select(rotation => RsaPublicKey.FromPem(rotation.Key)));
            if (Broken(document, rotations, keys) is { } broken) return Says(broken);
            if (Unsigned(answer, document, rotations, keys) is { } unsigned) return Says(unsigned);
        }
        catch (CryptographicException)
        {
            return Says("one of its keys is none");
        }
        finally
        {
            foreach (var key in keys) key.Dispose();
        }
        if (OutOfTime(document) is { } outOfTime) return Says(outOfTime);
        directory = new KnownDirectory(
            _anchor, address.AbsoluteUri, document.Directory, document.Rev, document.Key, document.FreshKey, document.Issued, document.Expires, known?.ProvesSince ?? now);
        return Backwards(directory) is { } backwards ? Refused(backwards, out directory) : null;
    }

    private static string? Broken(DirectoryDocument document, KeyRotation[] rotations, List<RsaPublicKey> keys)
    {
        if (document.Rev != rotations.Length) return $"it has changed its key {document.Rev} times and shows {rotations.Length} of the changes";
        for (var i = 0; i < rotations.Length; i++)
        {
            var (rotation, before) = (rotations[i], i == 0 ? document.Directory : Digest.Of(keys[i - 1]));
            if (rotation.Directory != document.Directory) return "one of its changes of key is of another directory";
            if (rotation.Rev != i + 1 || rotation.From != before) return $"its changes of key have a gap before number {i + 1}";
        }
        return null;
    }

    private string? Unsigned(DirectoryAnswer answer, DirectoryDocument document, KeyRotation[] rotations, List<RsaPublicKey> keys)
    {
        Digest[] hashes = [document.Directory, .. keys.Select(Digest.Of)];
        var start = Array.IndexOf(hashes, _anchor);
        if (start < 0) return "its key is not the one that was given for it, nor did that one lead to it";
        for (var i = start; i < rotations.Length; i++)
        {
            var signer = i == start ? anchor : keys[i - 1];
            if (!Verifies(signer, answer.Rotations[i])) return $"change {i + 1} of its key is not signed by the key before";
        }
        using var newest = RsaPublicKey.FromPem(document.Key);
        if (Digest.Of(newest) != hashes[^1] || !Verifies(newest, answer.Document)) return "what it says of itself is not signed by its newest key";
        if (known is null) return null;
        if (known.Directory != document.Directory) return "it says that it is another directory than before";
        if (known.Rev > document.Rev) return $"it went back to an older key (change {document.Rev}, and {known.Rev} was seen before)";
        using var before = RsaPublicKey.FromPem(known.Key);
        return hashes[known.Rev] == Digest.Of(before) ? null : $"its keys have a fork: change {known.Rev} led to another key before";
    }

    private string? OutOfTime(DirectoryDocument document)
    {
        if (document.Expires <= document.Issued || document.Expires - document.Issued > DirectoryDocument.MaxLifetime) return "what it says of itself is good for no time that is allowed";
        if (document.Issued > now + RecordProof.ClockSkew) return $"what it says of itself is from the future ({document.Issued:u}); is the clock of this machine right?";
        if (document.Expires < now - RecordProof.ClockSkew) return $"what it says of itself was good until {document.Expires:u}; is the clock of this machine right?";
        return FreshPublicKey.TryImport(document.FreshKey) is null ? "its key for fresh answers is none" : null;
    }

    // Within the same key only: a server behind several addresses may answer with a document that is a little older than the last.
    private string? Backwards(KnownDirectory directory) =>
        known is not null && directory.Issued < known.Issued && !directory.FreshKey.Span.SequenceEqual(known.FreshKey.Span)
            ? "it went back to an older key for fresh answers"
            : null;

    private string Refused(string reason, out KnownDirectory? directory)
    {
        directory = null;
        return Says(reason);
    }

    private static bool Verifies(RsaPublicKey key, SignedBytes signed) => key.VerifyPss(signed.Response.Span, signed.Signature);

    private string Says(string reason) => $"the key directory {address.Authority} is not to be trusted: {reason}";
}
