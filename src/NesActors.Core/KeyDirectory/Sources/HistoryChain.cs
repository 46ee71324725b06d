using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>The records of a name as they come, each held against the one before: numbers without gaps, hashes that lead back, signatures of the owners.</summary>
internal sealed class HistoryChain(Digest directory, Username user)
{
    private readonly List<HistoryRecord> _records = [];

    public IReadOnlyList<HistoryRecord> Records => _records;

    /// <summary>Takes the next record.</summary>
    /// <returns>Why it does not follow the one before, for a person; null where it does.</returns>
    public string? Add(HistoryEntry entry)
    {
        if (DirectoryRecord.TryRead(entry.Record) is not { } record) return $"record {_records.Count + 1} is malformed";
        if (record.Directory != directory || record.User != user) return $"record {_records.Count + 1} is another user's";
        var before = _records.Count > 0 ? _records[^1] : null;
        if (record.Rev != _records.Count + 1) return $"record {_records.Count + 1} is missing";
        if (record.Prev != before?.Hash) return $"record {record.Rev} does not follow the one before it";
        try
        {
            if (Contradiction(entry.Origin, record, before?.Record) is { } contradiction) return contradiction;
            if (!TryVerify(entry, record, before?.Record, out var oldKeySigned)) return $"record {record.Rev} is not signed by the owner of the keys that it was changed from, or to";
            _records.Add(new HistoryRecord(record, record.Hash(), entry.Origin, oldKeySigned));
            return null;
        }
        catch (CryptographicException)
        {
            return $"record {record.Rev} holds a key that is none";
        }
    }

    private static string? Contradiction(RecordOrigin origin, DirectoryRecord record, DirectoryRecord? before)
    {
        var status = origin switch { RecordOrigin.Revocation => RecordStatus.Revoked, RecordOrigin.Deletion => RecordStatus.Deleted, _ => RecordStatus.Active };
        var isPossible = record.Status == status && (origin, before?.Status) switch
        {
            (RecordOrigin.Registration, var first) => first is null,
            (RecordOrigin.Change or RecordOrigin.Revocation, var active) => active == RecordStatus.Active,
            (RecordOrigin.Recovery or RecordOrigin.Deletion, var there) => there is RecordStatus.Active or RecordStatus.Revoked,
            _ => false,
        };
        return isPossible ? null : $"record {record.Rev} cannot have come to be as the directory says";
    }

    /// <summary>A change must be signed by both owners; a revocation and a deletion may have been made by mail, but a wrong signature spoils them.</summary>
    private bool TryVerify(HistoryEntry entry, DirectoryRecord record, DirectoryRecord? before, out bool oldKeySigned)
    {
        oldKeySigned = entry.SignatureOld is not null && before?.SignKey is not null && StatementOf(entry.Origin, record, before) is { } statement
            && Verifies(before.SignKey, statement, entry.SignatureOld);
        if (entry.Origin != RecordOrigin.Change) return entry.SignatureNew is null && oldKeySigned == entry.SignatureOld is not null;
        return oldKeySigned && entry.SignatureNew is { } signature && Verifies(record.SignKey!, StatementOf(entry.Origin, record, before!)!, signature);
    }

    private byte[]? StatementOf(RecordOrigin origin, DirectoryRecord record, DirectoryRecord before) => origin switch
    {
        RecordOrigin.Change => Statements.Change(directory, user, record.Rev, record.Prev!.Value, new KeyDigests(DigestOf(record.MessageKey!), DigestOf(record.SignKey!))),
        RecordOrigin.Revocation => Statements.Revoke(directory, user, DigestOf(before.SignKey!)),
        RecordOrigin.Deletion => Statements.Delete(directory, user, record.Rev, record.Prev!.Value),
        _ => null,
    };

    private static bool Verifies(string pem, byte[] statement, byte[] signature)
    {
        using var key = RsaPublicKey.FromPem(pem);
        return key.VerifyPss(statement, signature);
    }

    private static Digest DigestOf(string pem)
    {
        using var key = RsaPublicKey.FromPem(pem);
        return Digest.Of(key);
    }
}
