using Akka.Actor;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Tests.Doubles;
using NesActors.Crypto.RsaAes;
using NesActors.Records;
using NesActors.Testing;
using NesActors.Testing.Vectors;
using static NesActors.Core.KeyDirectory.KeyDirectoryProtocol;

namespace NesActors.Core.Tests.KeyDirectory;

public sealed class KeyDirectoryActorTests : ActorSpec
{
    private readonly ScriptedDirectory _source = new();

    [Fact]
    public void Asks_once_however_many_want_the_same_name()
    {
        var gate = new TaskCompletionSource();
        _source.Has(Amy).Gate = gate.Task;
        var directory = Start();
        var probes = Enumerable.Range(0, 20).Select(_ => CreateTestProbe()).ToList();
        foreach (var probe in probes) directory.Tell(Query(Amy), probe);
        AwaitCondition(() => _source.Asked.Count > 0, Patience);
        gate.SetResult();
        foreach (var probe in probes) Assert.Equal(Amy, probe.ExpectMsg<Replies.Found>(Patience).Keys.User);
        Assert.Equal([Amy], _source.Asked);
    }

    [Fact]
    public void Finds_out_whether_the_owner_of_keys_signed_for_others()
    {
        var suite = new RsaAesSuite();
        var (old, now) = (VectorUser.Amy.PublicRecord with { User = Amy }, VectorUser.Cat.PublicRecord with { User = Amy });
        var query = new Queries.JudgeChange(Amy, suite.ReadPeer(old).Fingerprint, suite.ReadPeer(now).Fingerprint);
        var directory = Sys.ActorOf(Props.Create(() => new KeyDirectoryActor(_source, suite, Tuning, Clock)));
        _source.History = new HistoryResult.Found([RecordOf(old, 1, RecordOrigin.Registration, false), RecordOf(now, 2, RecordOrigin.Change, true)]);
        Assert.Equal(new ChangeJudged(query.From, true), Judged(directory, query));
        _source.History = new HistoryResult.Found([RecordOf(old, 1, RecordOrigin.Registration, false), RecordOf(now, 2, RecordOrigin.Recovery, false)]);
        Assert.Equal(new ChangeJudged(query.From, false), Judged(directory, query));
        _source.History = new HistoryResult.Untrusted("forged");
        Assert.Equal(new ChangeJudged(query.From, false), Judged(directory, query));
        _source.History = new HistoryResult.Unavailable("down");
        Assert.Equal(new ChangeJudged(query.From, null), Judged(directory, query));
    }

    [Fact]
    public void Remembers_keys_until_they_expire()
    {
        var directory = Start();
        _source.Has(Amy);
        Assert.IsType<Replies.Found>(Ask(directory, Query(Amy)));
        Clock.Advance(Tuning.KeyTtl - TimeSpan.FromSeconds(1));
        Ask(directory, Query(Amy));
        Assert.Single(_source.Asked);
        Clock.Advance(TimeSpan.FromSeconds(2));
        Ask(directory, Query(Amy));
        Assert.Equal(2, _source.Asked.Count);
    }

    [Fact]
    public void Keys_that_are_proved_are_used_no_longer_than_the_proof_holds()
    {
        var until = Clock.GetUtcNow() + TimeSpan.FromMinutes(1);
        var proof = new RecordProof(Digest.Of("dir"u8), 1, RecordStatus.Active, Clock.GetUtcNow(), until, Digest.Of("record"u8));
        _source.Answers(Amy, new LookupResult.Found(PlainSuite.RecordOf(Amy, "1")) { Vouched = Vouching.Proved, Proof = proof });
        var directory = Start();
        Assert.Equal(Vouching.Proved, Assert.IsType<Replies.Found>(Ask(directory, Query(Amy))).Vouched);
        _source.Answers(Amy, new LookupResult.Unavailable("down"));
        Clock.Advance(TimeSpan.FromMinutes(1) + RecordProof.ClockSkew - TimeSpan.FromSeconds(1));
        Assert.IsType<Replies.Found>(Ask(directory, Query(Amy)));
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<Replies.Unavailable>(Ask(directory, Query(Amy)));
    }

    [Fact]
    public void Keys_that_were_revoked_are_not_served_from_before()
    {
        var directory = Start();
        _source.Has(Amy);
        Ask(directory, Query(Amy));
        var proof = new RecordProof(Digest.Of("dir"u8), 2, RecordStatus.Revoked, Clock.GetUtcNow(), Clock.GetUtcNow(), Digest.Of("record"u8));
        _source.Answers(Amy, new LookupResult.Revoked(Amy, proof));
        Clock.Advance(Tuning.KeyTtl);
        Assert.Equal(SendFailure.KeysRevoked, Assert.IsType<Replies.Gone>(Ask(directory, Query(Amy))).Failure);
        _source.Answers(Amy, new LookupResult.Unavailable("down"));
        Clock.Advance(Tuning.NegativeTtl);
        Assert.IsType<Replies.Unavailable>(Ask(directory, Query(Amy)));
    }

    [Fact]
    public void Asks_again_at_once_where_a_refresh_is_wanted()
    {
        var directory = Start();
        _source.Has(Amy);
        Ask(directory, Query(Amy));
        Ask(directory, Query(Amy) with { Refresh = true });
        Assert.Equal(2, _source.Asked.Count);
    }

    [Fact]
    public void Believes_that_a_user_does_not_exist_for_a_short_time()
    {
        var directory = Start();
        Assert.IsType<Replies.NoSuchUser>(Ask(directory, Query(Amy)));
        _source.Has(Amy);
        Assert.IsType<Replies.NoSuchUser>(Ask(directory, Query(Amy)));
        Clock.Advance(Tuning.NegativeTtl);
        Assert.IsType<Replies.Found>(Ask(directory, Query(Amy)));
    }

    [Fact]
    public void Goes_on_with_keys_it_had_while_the_directory_is_down_but_not_for_ever()
    {
        var directory = Start();
        _source.Has(Amy);
        Ask(directory, Query(Amy));
        _source.Answers(Amy, new LookupResult.Unavailable("down"));
        Clock.Advance(Tuning.KeyTtl * 2);
        Assert.IsType<Replies.Found>(Ask(directory, Query(Amy)));
        Clock.Advance(Tuning.StaleTtl);
        Assert.Equal(new Replies.Unavailable("down"), Ask(directory, Query(Amy)));
    }

    [Fact]
    public void Does_not_remember_an_answer_that_is_not_to_be_believed()
    {
        var directory = Start();
        _source.Answers(Amy, new LookupResult.Untrusted("wrongly signed"));
        Assert.Equal(new Replies.Untrusted("wrongly signed"), Ask(directory, Query(Amy)));
        _source.Has(Amy);
        Assert.IsType<Replies.Found>(Ask(directory, Query(Amy)));
    }

    [Fact]
    public void Refuses_a_record_without_keys_of_the_suite()
    {
        var directory = Start();
        _source.Answers(Amy, new LookupResult.Found(new(Amy, new Dictionary<string, string>())));
        Assert.IsType<Replies.Untrusted>(Ask(directory, Query(Amy)));
    }

    [Fact]
    public void Limits_look_ups_for_strangers_and_for_nobody_else()
    {
        var directory = Start();
        for (var i = 0; i < Tuning.StrangerBurst; i++)
            Assert.IsType<Replies.NoSuchUser>(Ask(directory, Query(Username.Parse($"stranger-{i}")) with { IsStranger = true }));
        Assert.IsType<Replies.Unavailable>(Ask(directory, Query(Username.Parse("one-more")) with { IsStranger = true }));
        Assert.IsType<Replies.NoSuchUser>(Ask(directory, Query(Username.Parse("a-contact"))));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<Replies.NoSuchUser>(Ask(directory, Query(Username.Parse("one-more")) with { IsStranger = true }));
    }

    [Fact]
    public void Keeps_no_more_users_than_it_may()
    {
        var directory = Start(capacity: 3);
        foreach (var name in new[] { "user-1", "user-2", "user-3", "user-4" })
        {
            Ask(directory, Query(Username.Parse(name)));
            Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Ask(directory, Query(Username.Parse("user-4")));
        Assert.Equal(4, _source.Asked.Count);
        Ask(directory, Query(Username.Parse("user-1")));
        Assert.Equal(5, _source.Asked.Count);
    }

    [Fact]
    public void Names_that_strangers_made_up_take_no_keys_place()
    {
        var directory = Start(capacity: 3);
        _source.Has(Amy);
        Ask(directory, Query(Amy));
        for (var i = 0; i < 10; i++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(1));
            Ask(directory, Query(Username.Parse($"user-{i}")));
        }

        Assert.IsType<Replies.Found>(Ask(directory, Query(Amy)));
        Assert.Single(_source.Asked, Amy);
    }

    private static Queries.GetKeys Query(Username user) => new(user, IsStranger: false, Refresh: false);

    private Replies Ask(IActorRef directory, Queries.GetKeys query)
    {
        directory.Tell(query, TestActor);
        return ExpectMsg<Replies>(Patience);
    }

    private static HistoryRecord RecordOf(PublicRecord keys, int rev, RecordOrigin origin, bool oldKeySigned) => new(
        new DirectoryRecord(Digest.Of("dir"u8), keys.User, rev, RecordStatus.Active, DateTimeOffset.UnixEpoch)
        {
            MessageKey = keys.Entries[PublicRecord.MessageKey],
            SignKey = keys.Entries[PublicRecord.SignKey],
        },
        Digest.Of("record"u8), origin, oldKeySigned);

    private ChangeJudged Judged(IActorRef directory, Queries.JudgeChange query)
    {
        directory.Tell(query, TestActor);
        return ExpectMsg<ChangeJudged>(Patience);
    }

    private IActorRef Start(int? capacity = null)
    {
        var tuning = Tuning with { KeyCapacity = capacity ?? Tuning.KeyCapacity };
        return Sys.ActorOf(Props.Create(() => new KeyDirectoryActor(_source, new PlainSuite(), tuning, Clock)));
    }
}
