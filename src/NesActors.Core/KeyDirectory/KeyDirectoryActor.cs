using Akka.Actor;
using Akka.Event;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Hosting;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Suites;
using NesActors.Records;
using static NesActors.Core.KeyDirectory.KeyDirectoryProtocol;

namespace NesActors.Core.KeyDirectory;

/// <summary>
/// Answers conversations that ask for somebody's keys: from its cache, or from the source with one request in flight per name however
/// many ask. "No such user" is kept briefly; while the source does not answer, keys known before still serve; look-ups for strangers are
/// limited in their rate. It asks for the history of keys, too.
/// </summary>
internal sealed class KeyDirectoryActor : ReceiveActor
{
    private readonly IKeyDirectorySource _source;
    private readonly ICryptoSuite _suite;
    private readonly OwnRecord? _own;
    private readonly SessionTuning _tuning;
    private readonly TimeProvider _clock;
    private readonly KeyCache _cache;
    private readonly TokenBucket _strangers;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<Username, HashSet<IActorRef>> _asking = [];

    /// <param name="source">The directory.</param>
    /// <param name="suite">Reads its records.</param>
    /// <param name="tuning">How long answers hold.</param>
    /// <param name="clock">The time.</param>
    /// <param name="own">What others see of the user; null where nothing depends on that.</param>
    public KeyDirectoryActor(IKeyDirectorySource source, ICryptoSuite suite, SessionTuning tuning, TimeProvider clock, OwnRecord? own = null)
    {
        _own = own;
        _source = source;
        _suite = suite;
        _tuning = tuning;
        _clock = clock;
        _cache = new KeyCache(clock, tuning.KeyCapacity);
        _strangers = new TokenBucket(clock, tuning.StrangerRate, tuning.StrangerBurst);
        Receive<Queries.GetKeys>(GetKeys);
        Receive<LookedUp>(Answer);
        Receive<Queries.ReadStatements>(query => Task.Run(() => new StatementsRead(query.Turn, CarriedStatements.Newest(_suite, query.Record, query.Known, query.Told), query.Sees, query.SentAt)).PipeTo(Sender, Self));
        Receive<Queries.JudgeChange>(query => JudgeAsync(query).PipeTo(Sender, Self, failure: _ => new ChangeJudged(query.From, null)));
    }

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private void GetKeys(Queries.GetKeys query)
    {
        var known = query.Refresh ? null : _cache.Fresh(query.User);
        var reread = known is Replies.Found before && before.Told != query.Told ? before : null;
        if (known is not null && reread is null && !(known is Replies.Found { LacksMine: true } && _own!.IsDue))
        {
            Sender.Tell(known);
            return;
        }

        if (_asking.TryGetValue(query.User, out var waiting))
        {
            waiting.Add(Sender);
            return;
        }

        if (reread is null && query.IsStranger && !_strangers.TryTake())
        {
            Sender.Tell(new Replies.Unavailable("Too many look-ups for strangers."));
            return;
        }

        _asking.Add(query.User, [Sender]);
        (reread is null ? LookUpAsync(query.User, query.Told) : ReadAgainAsync(query.User, reread, query.Told)).PipeTo(
            Self, failure: e => new LookedUp(query.User, new Replies.Unavailable($"The look-up failed: {e.Message}")));
    }

    private void Answer(LookedUp found)
    {
        switch (found.Answer)
        {
            case Replies.Found again when found.IsReadAgain:
                _cache.Replace(found.User, again);
                break;
            case Replies.Found:
                _cache.Put(found.User, found.Answer, _tuning.KeyTtl, _tuning.StaleTtl);
                break;
            case Replies.NoSuchUser or Replies.Gone:
                _cache.Put(found.User, found.Answer, _tuning.NegativeTtl, TimeSpan.Zero);
                break;
        }

        var answer = found.Answer is Replies.Unavailable ? _cache.Stale(found.User) ?? found.Answer : found.Answer;
        _log.Debug("Looked up {0}: {1}", found.User, answer.GetType().Name);
        _asking.Remove(found.User, out var waiting);
        foreach (var asked in waiting!) asked.Tell(answer);
    }

    /// <summary>What the directory gave a short while ago, with what the user has told since.</summary>
    private async Task<LookedUp> ReadAgainAsync(Username user, Replies.Found before, Capabilities? told) => new(
        user, await Task.Run(() => WithOwnAsync(Parse(before.Record!, before.Vouched, before.ProvedUntil, told, before.AskedAt))), IsReadAgain: true);

    private async Task<LookedUp> LookUpAsync(Username user, Capabilities? told)
    {
        var askedAt = _clock.GetTimestamp();
        // Off the actor's thread from the first line: parsing keys is work.
        var result = await Task.Run(() => _source.LookUpAsync(user, _stopping.Token));
        return new LookedUp(user, result switch
        {
            LookupResult.Found found => await WithOwnAsync(Parse(found.Record, found.Vouched, found.Proof?.GoodUntil, told, askedAt)),
            LookupResult.NotFound => new Replies.NoSuchUser(),
            LookupResult.Revoked revoked => new Replies.Gone(SendFailure.KeysRevoked, revoked.ToString()),
            LookupResult.Deleted deleted => new Replies.Gone(SendFailure.UserDeleted, deleted.ToString()),
            LookupResult.Untrusted untrusted => new Replies.Untrusted(untrusted.Detail),
            LookupResult.Unavailable unavailable => new Replies.Unavailable(unavailable.Detail),
            _ => throw new InvalidOperationException("A look-up has no other result."),
        });
    }

    /// <summary>A better suite of somebody is of use only where they can see this user's own keys for it; and who tells what they see is told what they miss.</summary>
    private async Task<Replies> WithOwnAsync(Replies answer) => _own is not null && answer is Replies.Found found && found.Keys.Offers() is { } offers && (offers.Count > 0 || found.Told is not null)
        ? found with { Own = await _own.SeeAsync(_stopping.Token) }
        : answer;

    private async Task<ChangeJudged> JudgeAsync(Queries.JudgeChange query)
    {
        if (_source is not IKeyHistorySource source) return new ChangeJudged(query.From, false);
        var result = await Task.Run(() => source.HistoryAsync(query.User, _stopping.Token));
        return new ChangeJudged(query.From, result switch
        {
            HistoryResult.Found found => SignedChange.Leads(found.Records, query.From, query.To, FingerprintOf),
            HistoryResult.Unavailable => null,
            _ => false,
        });
    }

    private Fingerprint? FingerprintOf(DirectoryRecord record)
    {
        if (record is not { MessageKey: { } message, SignKey: { } sign }) return null;
        try
        {
            using var keys = _suite.ReadPeer(new PublicRecord(record.User, new Dictionary<string, string> { [PublicRecord.MessageKey] = message, [PublicRecord.SignKey] = sign }));
            return keys.Fingerprint;
        }
        catch (KeyException)
        {
            return null;
        }
    }

    private Replies Parse(PublicRecord record, Vouching vouched, DateTimeOffset? provedUntil, Capabilities? told, long askedAt)
    {
        try
        {
            var (whole, carried) = CarriedStatements.Merge(record, told?.Statements);
            return new Replies.Found(_suite.ReadPeer(whole), vouched, provedUntil) { Record = record, Told = told, Carried = carried, AskedAt = askedAt };
        }
        catch (KeyException e)
        {
            return new Replies.Untrusted(e.Message);
        }
    }

    private sealed record LookedUp(Username User, Replies Answer, bool IsReadAgain = false);
}
