using System.Net;
using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Core.Storage.State;
using NesActors.Records;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>Reads a name's history page by page, and believes it where it has no gap and agrees with what was seen before.</summary>
internal sealed class HistoryReader(DirectoryConnection connection)
{
    // 20 records with two RSA-8192 keys and as many signatures each.
    private const int MaxPage = 256 * 1024;

    /// <summary>More than any person changes keys, and few enough to be checked.</summary>
    private const int MaxRecords = 1000;

    /// <inheritdoc cref="IKeyHistorySource.HistoryAsync"/>
    public async Task<HistoryResult> ReadAsync(Username user, CancellationToken cancellation)
    {
        try
        {
            return await connection.Trust.StandingAsync(cancellation).ConfigureAwait(false) switch
            {
                DirectoryStanding.Proving proving => await ReadAsync(user, proving, cancellation).ConfigureAwait(false),
                DirectoryStanding.Plain => new HistoryResult.Plain(),
                DirectoryStanding.Untrusted untrusted => new HistoryResult.Untrusted(untrusted.Detail),
                DirectoryStanding.Unavailable unavailable => new HistoryResult.Unavailable(unavailable.Detail),
                _ => throw new InvalidOperationException("A directory has no other standing."),
            };
        }
        catch (StateException e)
        {
            return new HistoryResult.Unavailable(e.Message);
        }
    }

    private async Task<HistoryResult> ReadAsync(Username user, DirectoryStanding.Proving proving, CancellationToken cancellation)
    {
        var chain = new HistoryChain(proving.Directory, user);
        while (true)
        {
            var exchange = await connection.GetAsync($"/users/{user.Value}/history?after={chain.Records.Count}", cancellation, MaxPage).ConfigureAwait(false);
            if (exchange is not HttpExchange.Answered { Status: HttpStatusCode.OK } answer) return Without(exchange, user, proving);
            var (page, refusal) = await CheckAsync(user, answer.Body, proving, cancellation).ConfigureAwait(false);
            if (page is null) return Refused(user, refusal!);
            if (page.Entries.Count == 0 || page.Last > MaxRecords || page.Last < chain.Records.Count + page.Entries.Count) return Refused(user, "it says how many records there are, and shows others");
            foreach (var entry in page.Entries)
            {
                if (chain.Add(entry) is { } broken) return Refused(user, broken);
            }
            if (chain.Records.Count == page.Last) return Agree(user, proving, chain.Records);
        }
    }

    private async Task<(RecordHistory? Page, string? Refusal)> CheckAsync(
        Username user, ReadOnlyMemory<byte> body, DirectoryStanding.Proving proving, CancellationToken cancellation)
    {
        if (RecordHistory.TryReadAnswer(body) is not { } signed) return (null, "it is malformed");
        if (!signed.Fresh.IsFor(signed.Response.Span, proving.Directory, proving.FreshKey))
        {
            var next = await connection.Trust.AskAgainAsync(proving, cancellation).ConfigureAwait(false);
            if (next is not DirectoryStanding.Proving other || !signed.Fresh.IsFor(signed.Response.Span, other.Directory, other.FreshKey))
                return (null, "the word that it is fresh is not about it, or not the directory's own");
        }
        if (!signed.Fresh.Holds(connection.Clock.GetUtcNow(), RecordProof.ClockSkew)) return (null, $"it was good until {signed.Fresh.Expires:u}: it is old, or the clock of this machine is wrong");
        if (RecordHistory.TryRead(signed.Response) is not { } page) return (null, "it is malformed");
        return page.Directory == proving.Directory && page.User == user ? (page, null) : (null, "it is another user's");
    }

    /// <summary>What was seen of this user before must stand in the history as it was.</summary>
    private HistoryResult Agree(Username user, DirectoryStanding.Proving proving, IReadOnlyList<HistoryRecord> records)
    {
        var newest = new SeenRecord(records.Count, records[^1].Hash);
        var seen = connection.Memory.Find(proving.Directory, user);
        if (seen is not null && (seen.Rev > newest.Rev || records[(int)seen.Rev - 1].Hash != seen.Hash)) return Refused(user, $"record {seen.Rev} is not in it as it was seen before");
        return connection.Memory.See(proving.Directory, user, newest) == newest ? new HistoryResult.Found(records) : Refused(user, "a newer record was seen meanwhile; ask again");
    }

    private HistoryResult Without(HttpExchange exchange, Username user, DirectoryStanding.Proving proving) => exchange switch
    {
        HttpExchange.Answered { Status: HttpStatusCode.NotFound } => connection.Memory.Find(proving.Directory, user) is { } seen
            ? Refused(user, $"it is gone, and a record was seen before (rev {seen.Rev})")
            : new HistoryResult.NotFound(),
        HttpExchange.Answered answer => new HistoryResult.Unavailable(HttpText.Describe(connection.Address, answer.Status)),
        HttpExchange.Failed failed => new HistoryResult.Unavailable(failed.Detail),
        _ => new HistoryResult.Untrusted(HttpText.TooLarge(connection.Address)),
    };

    private HistoryResult.Untrusted Refused(Username user, string reason) => new($"the history of {user} at {connection.Address.Authority} is not to be trusted: {reason}");
}
