using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Records;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>
/// Checks what a directory that proves its records answers about a user, in one order: signed → about that user, in that directory → fresh → not older than
/// what was seen before.
/// </summary>
/// <param name="standing">What is believed of the directory.</param>
/// <param name="memory">What was seen before.</param>
/// <param name="address">Where the directory is.</param>
/// <param name="now">The time.</param>
internal sealed class RecordCheck(DirectoryStanding.Proving standing, IDirectoryMemory memory, Uri address, DateTimeOffset now)
{
    /// <summary>Whether the answer may be right under keys of the directory that are not known here yet.</summary>
    public bool MayHaveNewKeys { get; private set; }

    /// <summary>Checks a record.</summary>
    public LookupResult Record(Username user, RecordAnswer answer)
    {
        if (!standing.Key.VerifyPss(answer.Response.Span, answer.Signature)) return Unverified($"the answer of {address.Authority} is not signed by the key of the directory");
        if (DirectoryRecord.TryRead(answer.Response) is not { } record) return Untrusted($"{address.Authority} answered about {user} without the proof that it has given since {standing.Known.ProvesSince:yyyy-MM-dd}");
        if (record.Directory != standing.Directory) return Untrusted($"{address.Authority} answered about {user} with a record of another directory");
        if (record.User != user) return Untrusted($"{address.Authority} answered about {user} with the record of {record.User}");
        if (answer.Fresh is not { } fresh) return Untrusted($"{address.Authority} answered about {user} without a word that the record is fresh");
        if (!fresh.IsFor(answer.Response.Span, standing.Directory, standing.FreshKey)) return Unverified($"the word of {address.Authority} that the record of {user} is fresh is not about that record, or not its own");
        if (!fresh.Holds(now, RecordProof.ClockSkew)) return OutOfTime($"the record of {user}", fresh.Issued, fresh.Expires);
        try
        {
            return NotOlder(user, answer, record, new RecordProof(record.Directory, record.Rev, record.Status, record.Since, fresh.Expires, record.Hash()) { Published = record.Published.Revision });
        }
        catch (CryptographicException e)
        {
            return Untrusted($"the keys of {user} at {address.Authority} cannot be used: {e.Message}");
        }
    }

    /// <summary>Checks a word that there is no such user.</summary>
    public LookupResult Absent(Username user, Absence absence)
    {
        if (absence.User != user) return Untrusted($"{address.Authority} answered about {user} that there is no {absence.User}");
        if (absence.Directory != standing.Directory) return Untrusted($"{address.Authority} answered about {user} with the word of another directory");
        if (!absence.IsSignedBy(standing.FreshKey)) return Unverified($"the word of {address.Authority} that there is no {user} is not its own");
        if (!absence.Holds(user, standing.Directory, standing.FreshKey, now, RecordProof.ClockSkew)) return OutOfTime($"the word that there is no {user}", absence.Issued, absence.Expires);
        return memory.Find(standing.Directory, user) is { } seen
            ? Untrusted($"{address.Authority} says that there never was a {user}, and served a record of {user} before (rev {seen.Rev})")
            : new LookupResult.NotFound { IsProved = true };
    }

    private LookupResult NotOlder(Username user, RecordAnswer answer, DirectoryRecord record, RecordProof proof)
    {
        var seen = memory.See(standing.Directory, user, new SeenRecord(record.Rev, proof.Hash));
        if (seen.Rev > record.Rev) return Untrusted($"{address.Authority} served an older record of {user} (rev {record.Rev}) than it did before (rev {seen.Rev})");
        if (seen.Hash != proof.Hash) return Untrusted($"{address.Authority} served another record of {user} than before under the same number (rev {record.Rev})");
        return record.Status switch
        {
            RecordStatus.Revoked => new LookupResult.Revoked(user, proof),
            RecordStatus.Deleted => new LookupResult.Deleted(user, proof),
            _ when RecordEntries.TryRead(answer.Response) is { } entries =>
                new LookupResult.Found(new PublicRecord(user, entries) { Directory = new DirectoryId(record.Directory.Hex) }) { Vouched = Vouching.Proved, Proof = proof },
            _ => Untrusted($"the record that {address.Authority} signed is malformed"),
        };
    }

    private LookupResult.Untrusted OutOfTime(string what, DateTimeOffset issued, DateTimeOffset expires) => Untrusted(issued > now
        ? $"{what} at {address.Authority} is from the future ({issued:u}); is the clock of this machine right?"
        : $"{what} at {address.Authority} was good until {expires:u}: it is old, or the clock of this machine is wrong");

    private LookupResult.Untrusted Unverified(string detail)
    {
        MayHaveNewKeys = true;
        return Untrusted(detail);
    }

    private static LookupResult.Untrusted Untrusted(string detail) => new(detail);
}
