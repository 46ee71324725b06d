using System.Text.Json;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Rsa;

namespace NesActors.Records;

/// <summary>One record of a directory: the <c>response</c> that its RSA key signs, once per change.</summary>
/// <param name="Directory">The directory's id: the hash of its first RSA key.</param>
/// <param name="User">Whose record it is.</param>
/// <param name="Rev">1 for the first record of the name, then one more with each change.</param>
/// <param name="Status">What it says of the name.</param>
/// <param name="Since">When it came to be, to the millisecond.</param>
public sealed record DirectoryRecord(Digest Directory, Username User, long Rev, RecordStatus Status, DateTimeOffset Since)
{
    private const int Version = 1;

    /// <summary>The key that messages to the user are encrypted with, SPKI in PEM; null unless active.</summary>
    public string? MessageKey { get; init; }

    /// <summary>The key that verifies what the user signs, SPKI in PEM; null unless active.</summary>
    public string? SignKey { get; init; }

    /// <summary>The hash of the record before; null at <see cref="Rev"/> 1.</summary>
    public Digest? Prev { get; init; }

    /// <summary>
    /// What the user says for crypto suites. It changes without a new record, and is in neither the hash nor the history: it proves itself to whoever reads it, and would fill the history weekly.
    /// </summary>
    public SuiteStatements Published { get; init; } = SuiteStatements.None;

    /// <summary>The hash that stands for the whole record, and for all before it (docs/directory-protocol.md).</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A key is none.</exception>
    public Digest Hash() => Hash(Digests());

    /// <summary>The same, for whoever has the hashes of the keys already: reading a key costs more than all the rest.</summary>
    public Digest Hash(KeyDigests? keys) => Digest.Of(Statements.Lines(
        "record", Directory.Hex, User.Value, Statements.Number(Rev), NameOf(Status), Statements.Millis(Since),
        keys?.Message.Hex ?? "-", keys?.Sign.Hex ?? "-", Prev?.Hex ?? "-"));

    /// <summary>The hashes of the keys; null unless active.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A key is none.</exception>
    public KeyDigests? Digests()
    {
        if (MessageKey is null || SignKey is null) return null;
        using var message = RsaPublicKey.FromPem(MessageKey);
        using var sign = RsaPublicKey.FromPem(SignKey);
        return KeyDigests.Of(message, sign);
    }

    /// <summary>The bytes to sign and to serve.</summary>
    public byte[] ToJson() => RecordJson.Write(json =>
    {
        json.WriteStartObject();
        if (MessageKey is not null) json.WriteString(PublicRecord.MessageKey, MessageKey);
        if (SignKey is not null) json.WriteString(PublicRecord.SignKey, SignKey);
        json.WriteNumber("v", Version);
        json.WriteString("dir", Directory.Hex);
        json.WriteString("user", User.Value);
        json.WriteNumber("rev", Rev);
        if (Prev is { } prev) json.WriteString("prev", prev.Hex);
        json.WriteString("status", NameOf(Status));
        json.WriteNumber("since", Since.ToUnixTimeMilliseconds());
        Published.Write(json);
        json.WriteEndObject();
    });

    /// <summary>Reads a <c>response</c> whose signature was checked, or is about to be.</summary>
    /// <returns>Null where it is malformed, or of a plain directory, which has no such fields.</returns>
    public static DirectoryRecord? TryRead(ReadOnlyMemory<byte> response) => StrictJson.TryRead(response, Read);

    internal static DirectoryRecord? Read(JsonElement json)
    {
        var record = new DirectoryRecord(
            RecordJson.Digest(json, "dir"),
            RecordJson.User(json, "user"),
            json.GetProperty("rev").GetInt64(),
            ParseStatus(json.GetProperty("status").GetString()),
            RecordJson.Time(json, "since"))
        {
            MessageKey = RecordJson.Text(json, PublicRecord.MessageKey),
            SignKey = RecordJson.Text(json, PublicRecord.SignKey),
            Prev = json.TryGetProperty("prev", out _) ? RecordJson.Digest(json, "prev") : null,
            Published = SuiteStatements.Read(json),
        };
        return json.GetProperty("v").GetInt32() == Version && record.IsWhole ? record : null;
    }

    private bool IsWhole =>
        Rev >= 1 && Prev is null == (Rev == 1) && MessageKey is null == (Status != RecordStatus.Active) && SignKey is null == (Status != RecordStatus.Active);

    internal static string NameOf(RecordStatus status) => status switch
    {
        RecordStatus.Active => "active",
        RecordStatus.Revoked => "revoked",
        RecordStatus.Deleted => "deleted",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    private static RecordStatus ParseStatus(string? text) => text switch
    {
        "active" => RecordStatus.Active,
        "revoked" => RecordStatus.Revoked,
        "deleted" => RecordStatus.Deleted,
        _ => throw new FormatException("A record has no such status."),
    };
}
