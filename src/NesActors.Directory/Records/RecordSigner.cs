using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Directory.Records;

/// <summary>A record, its bytes, and the part of its answer that stays until it changes.</summary>
/// <param name="Record">The record.</param>
/// <param name="Response">Its bytes.</param>
/// <param name="SignedPart">See <see cref="RecordAnswer.SignedPart"/>.</param>
/// <param name="KeyRev">Which of the directory's RSA keys signed it.</param>
internal sealed record SignedRecord(DirectoryRecord Record, byte[] Response, byte[] SignedPart, int KeyRev)
{
    /// <summary>The hashes of its keys; null unless active.</summary>
    public KeyDigests? Keys { get; } = Record.Digests();
}

/// <summary>Signs records with the directory's RSA key. That costs an operation of 4 ms, so it is done once per change, and stored.</summary>
internal sealed class RecordSigner(RsaPrivateKey key, Digest directory, int keyRev)
{
    /// <summary>The directory's id.</summary>
    public Digest Directory => directory;

    /// <summary>Which of the directory's RSA keys it has.</summary>
    public int KeyRev => keyRev;

    public SignedRecord Sign(DirectoryRecord record)
    {
        var response = record.ToJson();
        return new SignedRecord(record, response, RecordAnswer.SignedPart(key, response), keyRev);
    }
}
