using Akka.Actor;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Suites;
using NesActors.Core.Tests.Doubles;
using NesActors.Crypto.Nes2;
using NesActors.Crypto.RsaAes;
using NesActors.Testing.Vectors;
using static NesActors.Core.KeyDirectory.KeyDirectoryProtocol;

namespace NesActors.Core.Tests.KeyDirectory;

/// <summary>Keys that are read with what their owner's messages have told.</summary>
public sealed class CarriedStatementTests : ActorSpec
{
    private static readonly string Entry = PublicRecord.StatementOf("nes2");

    private readonly ScriptedDirectory _source = new();
    private readonly JoinedSuite _suite;
    private readonly PublicRecord _record;
    private readonly Capabilities _told;

    public CarriedStatementTests()
    {
        _suite = new JoinedSuite(new RsaAesSuite(), [new Nes2Suite()], ["nes1", "nes2"], Clock);
        var keys = VectorUser.Amy.KeyStore();
        new Nes2Suite().GenerateKeys(VectorUser.Amy.Username, keys, new KeyGenerationOptions(), default);
        using var identity = _suite.LoadIdentity(VectorUser.Amy.Username, keys, Clock);
        _record = identity.PublicRecord;
        _told = new Capabilities { Statements = new Dictionary<string, string> { ["nes2"] = _record.Entries[Entry] } };
    }

    private PublicRecord Plain => _record with { Entries = _record.Entries.Where(entry => entry.Key != Entry).ToDictionary() };

    [Fact]
    public void What_was_told_is_read_with_the_keys_that_are_cached()
    {
        _source.Answers(_record.User, new LookupResult.Found(Plain));
        var directory = Start();
        Assert.Empty(Ask(directory, null).Carried);

        var found = Ask(directory, _told);

        Assert.Equal(["nes2"], found.Carried);
        Assert.Equal("nes2", JoinedSuite.OffersIn(found.Keys).Single().Suite);
        Assert.Same(found, Ask(directory, _told));
        Assert.Single(_source.Asked);
    }

    [Fact]
    public void Keys_that_were_read_anew_are_no_longer_fresh_than_they_were()
    {
        _source.Answers(_record.User, new LookupResult.Found(Plain));
        var directory = Start();
        Ask(directory, null);
        Clock.Advance(Tuning.KeyTtl - TimeSpan.FromSeconds(1));
        Ask(directory, _told);
        Clock.Advance(TimeSpan.FromSeconds(2));
        Ask(directory, _told);
        Assert.Equal(2, _source.Asked.Count);
    }

    [Fact]
    public void What_the_directory_shows_itself_counts_before_what_was_told()
    {
        _source.Answers(_record.User, new LookupResult.Found(_record));
        var found = Ask(Start(), new Capabilities { Statements = new Dictionary<string, string> { ["nes2"] = "another" } });
        Assert.Empty(found.Carried);
        Assert.Single(JoinedSuite.OffersIn(found.Keys));
    }

    [Fact]
    public void Of_what_a_message_carries_only_what_holds_and_is_newer_is_taken()
    {
        var directory = Start();
        Assert.Equal(_told.Statements, Read(directory, known: null, _told.Statements!));
        Assert.Empty(Read(directory, known: null, new Dictionary<string, string> { ["nes2"] = "none", ["nes3"] = _record.Entries[Entry] }));
        Assert.Equal(_told.Statements, Read(directory, _told.Statements, new Dictionary<string, string> { ["nes2"] = "none" }));
        Assert.Equal(_told.Statements, Read(directory, new Dictionary<string, string> { ["nes2"] = "does not hold any more" }, _told.Statements!));
    }

    private IReadOnlyDictionary<string, string> Read(IActorRef directory, IReadOnlyDictionary<string, string>? known, IReadOnlyDictionary<string, string> told)
    {
        directory.Tell(new Queries.ReadStatements(7, Plain, known, told, null, Clock.GetUtcNow()), TestActor);
        var read = ExpectMsg<StatementsRead>(Patience);
        Assert.Equal(7, read.Turn);
        return read.Statements;
    }

    private IActorRef Start() => Sys.ActorOf(Props.Create(() => new KeyDirectoryActor(_source, _suite, Tuning, Clock, null)));

    private Replies.Found Ask(IActorRef directory, Capabilities? told)
    {
        directory.Tell(new Queries.GetKeys(_record.User, IsStranger: false, Refresh: false, told), TestActor);
        return ExpectMsg<Replies.Found>(Patience);
    }
}
