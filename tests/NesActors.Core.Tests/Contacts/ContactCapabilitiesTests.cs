using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;
using NesActors.Core.Suites;

namespace NesActors.Core.Tests.Contacts;

public sealed class ContactCapabilitiesTests
{
    private static readonly Fingerprint Keys = new("33"), OtherKeys = new("44");
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly OwnSight Shown = new(Mine(7), new Dictionary<string, long> { ["nes2"] = 7 }, new HashSet<string>());

    private static DateTimeOffset Late => Start + ContactCapabilities.Patience;

    [Fact]
    public void What_a_contact_sees_is_remembered_and_an_older_message_does_not_undo_it()
    {
        var heard = Hear(ContactCapabilities.None, Sees(7), Start);
        Assert.Equal(Sees(7)["nes2"], heard.Told.Sees!["nes2"]);
        Assert.Equal(heard, Hear(heard, Sees(), Start.AddMinutes(-1), Late));
        Assert.Empty(Hear(heard, Sees(), Start.AddMinutes(1)).Told.Sees!);
    }

    [Fact]
    public void The_same_word_again_changes_nothing()
    {
        var heard = Hear(ContactCapabilities.None, Sees(7), Start);
        Assert.Equal(heard, Hear(heard, Sees(7), Start.AddDays(1)));
    }

    [Fact]
    public void A_message_that_tells_nothing_of_what_it_sees_changes_nothing_of_that()
    {
        var heard = Hear(ContactCapabilities.None, Sees(7), Start);
        Assert.Equal(heard, heard.Hear(null, Late, null, Shown, Late));
        Assert.Equal("x", heard.Hear(null, Late, new Dictionary<string, string> { ["nes2"] = "x" }, Shown, Late).Told.Statements!["nes2"]);
    }

    public static TheoryData<string> Blind => ["none", "older", "other keys"];

    [Theory]
    [MemberData(nameof(Blind))]
    public void Who_does_not_see_what_is_shown_for_longer_than_it_may_take_is_noticed(string how)
    {
        var sees = how switch { "none" => Sees(), "older" => Sees(6), _ => new Dictionary<string, SeenStatement> { ["nes2"] = new(OtherKeys, 9) } };
        var waiting = Hear(ContactCapabilities.None, sees, Start);
        Assert.Equal((new AwaitedStatement("nes2", 7, Start), null), (waiting.Awaited, waiting.Withheld));
        Assert.Equal(waiting, Hear(waiting, sees, Late.AddSeconds(-1)));
        var noticed = Hear(waiting, sees, Late);
        Assert.Equal("nes2", noticed.Withheld);
        Assert.Equal(noticed, Hear(noticed, sees, Late.AddDays(1)));
    }

    [Fact]
    public void A_message_from_before_is_no_proof_however_late_it_comes()
    {
        var waiting = Hear(ContactCapabilities.None, Sees(), Start);
        Assert.Null(Hear(waiting, Sees(), Start.AddHours(1), now: Start.AddDays(3)).Withheld);
    }

    [Fact]
    public void It_is_over_as_soon_as_they_see_that_statement_or_a_newer_one()
    {
        var noticed = Hear(Hear(ContactCapabilities.None, Sees(), Start), Sees(), Late);
        foreach (var revision in new[] { 7, 8 }) Assert.Equal((null, null), Hear(noticed, Sees(revision), Late.AddMinutes(1)) is var seen ? (seen.Awaited, seen.Withheld) : default);
    }

    [Fact]
    public void A_statement_that_is_renewed_meanwhile_does_not_begin_the_wait_anew()
    {
        var waiting = Hear(ContactCapabilities.None, Sees(), Start);
        var renewed = Shown with { Mine = Mine(8), Shown = new Dictionary<string, long> { ["nes2"] = 8 } };
        Assert.Equal("nes2", waiting.Hear(Sees(), Late, null, renewed, Late).Withheld);
        var old = waiting.Hear(Sees(7), Late, null, renewed, Late);
        Assert.Equal((new AwaitedStatement("nes2", 8, Late), null), (old.Awaited, old.Withheld));
    }

    [Fact]
    public void Nothing_is_awaited_that_the_directory_does_not_show()
    {
        var sight = Shown with { Shown = new Dictionary<string, long>(), Absent = new HashSet<string> { "nes2" } };
        Assert.Null(ContactCapabilities.None.Hear(Sees(), Start, null, sight, Start).Awaited);
        Assert.Null(ContactCapabilities.None.Hear(Sees(), Start, null, null, Start).Awaited);
    }

    [Fact]
    public void A_statement_is_carried_to_those_who_tell_what_they_see_until_they_see_it()
    {
        var sight = new OwnSight(Mine(7), new Dictionary<string, long>(), new HashSet<string> { "nes2" });
        Assert.Null(sight.For(new Capabilities()));
        foreach (var sees in new[] { Sees(), Sees(6), new Dictionary<string, SeenStatement> { ["nes2"] = new(OtherKeys, 7) } })
            Assert.Equal("mine", sight.For(new Capabilities { Sees = sees })!["nes2"]);
        Assert.Null(sight.For(new Capabilities { Sees = Sees(7) }));
        Assert.Null(Shown.For(new Capabilities { Sees = Sees() }));
        // The directory shows another installation's.
        Assert.Null((sight with { Absent = new HashSet<string>() }).For(new Capabilities { Sees = Sees() }));
    }

    [Fact]
    public void Own_keys_are_seen_where_the_directory_shows_them_or_the_contact_says_so()
    {
        var sight = Shown with { Shown = new Dictionary<string, long>() };
        Assert.Equal(["nes2"], Shown.SeenBy(null));
        Assert.Empty(sight.SeenBy(null));
        Assert.Empty(sight.SeenBy(new Capabilities { Sees = new Dictionary<string, SeenStatement> { ["nes2"] = new(OtherKeys, 7), ["nes3"] = new(Keys, 7) } }));
        // An earlier statement of the same keys verifies what they sign.
        Assert.Equal(["nes2"], sight.SeenBy(new Capabilities { Sees = Sees(1) }));
    }

    private static ContactCapabilities Hear(ContactCapabilities known, IReadOnlyDictionary<string, SeenStatement> sees, DateTimeOffset sentAt, DateTimeOffset? now = null) =>
        known.Hear(sees, sentAt, null, Shown, now ?? sentAt);

    private static Dictionary<string, OwnStatement> Mine(long revision) => new() { ["nes2"] = new OwnStatement("mine", Keys, revision) };

    private static Dictionary<string, SeenStatement> Sees(params long[] revisions) => revisions.ToDictionary(_ => "nes2", revision => new SeenStatement(Keys, revision));
}
