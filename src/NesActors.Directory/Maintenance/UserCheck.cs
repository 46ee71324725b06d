using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Directory.Keys;
using NesActors.Directory.Storage;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Directory.Maintenance;

/// <summary>Whether a name of an export, with its records and its recovery, is one that this directory could have.</summary>
internal sealed class UserCheck(DirectoryKeys keys)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">It is not; the message says why.</exception>
    public void Check(ExportRow user, IReadOnlyList<ExportRow> records, ExportRow? recovery)
    {
        var name = user.Text("name");
        if (!Username.TryParse(name, out var parsed)) throw new FormatException("a name is none");
        if (!_names.Add(name)) throw new FormatException($"{name} comes twice");
        try
        {
            CheckKeys(user, name);
            if (recovery is not null) CheckKeys(recovery, name);
            var newest = CheckRecords(parsed, records);
            if (user.Text("status") != (newest is null ? UserStatus.Pending : StatusOf(newest))) throw new FormatException($"{name} has another status than its newest record");
            if (newest is not null) CheckNewest(user, name, newest, records[^1].Bytes("response"));
        }
        catch (CryptographicException e)
        {
            throw new FormatException($"a key of {name} is none: {e.Message}", e);
        }
    }

    private DirectoryRecord? CheckRecords(Username name, IReadOnlyList<ExportRow> records)
    {
        DirectoryRecord? before = null;
        foreach (var row in records)
        {
            var record = DirectoryRecord.TryRead(row.Bytes("response"));
            if (record is null || record.Directory != keys.Directory || record.User != name || record.Rev != row.Number("rev"))
                throw new FormatException($"a record of {name} is none of this name and directory");
            if (record.Rev != (before?.Rev ?? 0) + 1 || record.Prev != before?.Hash()) throw new FormatException($"the records of {name} do not follow each other");
            RecordHistory.ParseOrigin(row.Text("origin"));
            before = record;
        }
        return before;
    }

    private void CheckNewest(ExportRow user, string name, DirectoryRecord newest, byte[] response)
    {
        if (user.NumberOrNull("rev") != newest.Rev || user.TextOrNull("record_hash") != newest.Hash().Hex) throw new FormatException($"{name} does not stand as its newest record says");
        if (user.TextOrNull("message_key") != newest.MessageKey && newest.Status == RecordStatus.Active) throw new FormatException($"{name} has other keys than its newest record");
        var answer = user["signed_part"] is byte[] signed ? RecordAnswer.TryRead((byte[])[.. signed, (byte)'}']) : null;
        if (answer is null || !IsServed(answer.Response, newest, response) || user.TextOrNull("response_hash") != Digest.Of(answer.Response.Span).Hex)
            throw new FormatException($"the signed answer of {name} is not its newest record");
        var keyRev = user.NumberOrNull("key_rev");
        // What an older key signed is signed anew before it is served.
        var isGood = keyRev == keys.Rev ? keys.Rsa.PublicKey.VerifyPss(answer.Response.Span, answer.Signature) : keyRev >= 0 && keyRev < keys.Rev;
        if (!isGood) throw new FormatException($"the signature of {name} is not by the key in the data folder");
    }

    /// <summary>What is served is the newest record, with what its user published since.</summary>
    private static bool IsServed(ReadOnlyMemory<byte> served, DirectoryRecord newest, byte[] response)
    {
        if (served.Span.SequenceEqual(response)) return true;
        return newest.Status == RecordStatus.Active && DirectoryRecord.TryRead(served) is { } record
            && (record with { Published = SuiteStatements.None }).ToJson().AsSpan().SequenceEqual(response) && record.ToJson().AsSpan().SequenceEqual(served.Span);
    }

    private static void CheckKeys(ExportRow row, string name)
    {
        foreach (var kind in (string[])["message", "sign"])
        {
            if (row.TextOrNull($"{kind}_key") is not { } pem) continue;
            using var key = RsaPublicKey.FromPem(pem);
            if (row.TextOrNull($"{kind}_hash") != Digest.Of(key).Hex) throw new FormatException($"the hash of a key of {name} is wrong");
        }
    }

    private static string StatusOf(DirectoryRecord record) => record.Status switch
    {
        RecordStatus.Active => UserStatus.Active,
        RecordStatus.Revoked => UserStatus.Revoked,
        _ => UserStatus.Deleted,
    };
}
