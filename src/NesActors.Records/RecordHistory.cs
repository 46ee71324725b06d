using System.Text.Json;
using NesActors.Contracts;

namespace NesActors.Records;

/// <summary>One record of a name's history.</summary>
/// <param name="Record">The bytes of a <see cref="DirectoryRecord"/> as they were served.</param>
/// <param name="Origin">How it came to be.</param>
/// <param name="SignatureOld">By the sign key before, over the statement of the change, revocation or deletion; null where there was none.</param>
/// <param name="SignatureNew">By the new sign key, over the statement of the change; null elsewhere.</param>
public sealed record HistoryEntry(ReadOnlyMemory<byte> Record, RecordOrigin Origin, byte[]? SignatureOld, byte[]? SignatureNew);

/// <summary>A page of the records that a name has had, oldest first.</summary>
/// <param name="Directory">The directory's id.</param>
/// <param name="User">Whose they are.</param>
/// <param name="Last">The newest revision that there is.</param>
/// <param name="Entries">The page.</param>
public sealed record RecordHistory(Digest Directory, Username User, long Last, IReadOnlyList<HistoryEntry> Entries)
{
    private const int Version = 1;

    /// <summary>The most entries of a page.</summary>
    public const int PageSize = 20;

    /// <summary>The bytes that the directory's word of freshness is over.</summary>
    public byte[] ToJson() => RecordJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("v", Version);
        json.WriteString("dir", Directory.Hex);
        json.WriteString("user", User.Value);
        json.WriteNumber("last", Last);
        json.WriteStartArray("entries");
        foreach (var entry in Entries)
        {
            json.WriteStartObject();
            json.WritePropertyName("record");
            json.WriteRawValue(entry.Record.Span);
            json.WriteString("how", NameOf(entry.Origin));
            if (entry.SignatureOld is { } old) json.WriteString("signature_old", RecordJson.Encode(old));
            if (entry.SignatureNew is { } @new) json.WriteString("signature_new", RecordJson.Encode(@new));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>The whole answer.</summary>
    public static byte[] Write(ReadOnlySpan<byte> response, Freshness fresh) => [.. "{\"response\":"u8, .. response, .. ",\"fresh\":"u8, .. fresh.ToJson(), .. "}\n"u8];

    /// <summary>Takes an answer apart; nothing of it is believed yet.</summary>
    /// <returns>The raw bytes and the word about them; null where it is nothing of the kind.</returns>
    public static SignedHistory? TryReadAnswer(ReadOnlyMemory<byte> body) => StrictJson.TryRead(body, root =>
        new SignedHistory(StrictJson.Raw(root.GetProperty("response")), Freshness.Read(root.GetProperty("fresh"))));

    /// <returns>Null where the bytes are none of this kind.</returns>
    public static RecordHistory? TryRead(ReadOnlyMemory<byte> response) => StrictJson.TryRead(response, json =>
    {
        var history = new RecordHistory(
            RecordJson.Digest(json, "dir"),
            RecordJson.User(json, "user"),
            json.GetProperty("last").GetInt64(),
            [.. json.GetProperty("entries").EnumerateArray().Select(ReadEntry)]);
        return json.GetProperty("v").GetInt32() == Version ? history : null;
    });

    private static HistoryEntry ReadEntry(JsonElement json) => new(
        StrictJson.Raw(json.GetProperty("record")),
        ParseOrigin(json.GetProperty("how").GetString()),
        RecordJson.BytesOrNull(json, "signature_old"),
        RecordJson.BytesOrNull(json, "signature_new"));

    /// <summary>The word of the protocol for an origin.</summary>
    public static string NameOf(RecordOrigin origin) => origin switch
    {
        RecordOrigin.Registration => "registration",
        RecordOrigin.Change => "change",
        RecordOrigin.Recovery => "recovery",
        RecordOrigin.Revocation => "revocation",
        RecordOrigin.Deletion => "deletion",
        _ => throw new ArgumentOutOfRangeException(nameof(origin)),
    };

    /// <summary>The origin for a word of the protocol.</summary>
    /// <exception cref="FormatException">There is no such word.</exception>
    public static RecordOrigin ParseOrigin(string? text) => text switch
    {
        "registration" => RecordOrigin.Registration,
        "change" => RecordOrigin.Change,
        "recovery" => RecordOrigin.Recovery,
        "revocation" => RecordOrigin.Revocation,
        "deletion" => RecordOrigin.Deletion,
        _ => throw new FormatException("A record has no such origin."),
    };
}

/// <summary>A history as it came, not yet believed.</summary>
/// <param name="Response">The raw bytes of a <see cref="RecordHistory"/>.</param>
/// <param name="Fresh">The directory's word about them.</param>
public sealed record SignedHistory(ReadOnlyMemory<byte> Response, Freshness Fresh);
