using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;

namespace NesActors.Core.Tests.Storage;

/// <summary>What contacts have told of suites.</summary>
public abstract partial class MessageStoreSpec
{
    private static readonly ContactCapabilities Told = new()
    {
        Told = new Capabilities { Statements = new Dictionary<string, string> { ["nes2"] = "\"a \\ statement\"" }, Sees = new Dictionary<string, SeenStatement> { ["nes2"] = new(SecondKeys, long.MaxValue) } },
        SeenAt = DateTimeOffset.FromUnixTimeMilliseconds(1_795_348_800_123),
        Awaited = new AwaitedStatement("nes2", 7, DateTimeOffset.FromUnixTimeMilliseconds(1_795_348_800_124)),
    };

    [Fact]
    public async Task What_an_accepted_contact_has_told_of_suites_is_kept_and_logged_only_where_it_shows()
    {
        await AcceptAmyAsync();
        var cursor = Store.LastCursor;
        foreach (var told in new[] { Told, Told with { Awaited = null, Told = new Capabilities { Sees = new Dictionary<string, SeenStatement>() } } })
        {
            await Store.HearAsync(Amy, told, default);
            Assert.Equal(told, await Store.CapabilitiesAsync(Amy, default));
        }
        Assert.Equal(cursor, Store.LastCursor);

        var noticed = await Store.HearAsync(Amy, Told with { Withheld = "nes2" }, default);
        Assert.Equal("nes2", noticed.WithheldSuite);
        Assert.Equal(noticed, ((ContactChanged)Assert.Single(await EventsAsync(cursor, Store.LastCursor))).Contact);
    }

    [Fact]
    public async Task Of_others_nothing_that_they_tell_of_suites_is_kept()
    {
        await Store.HearAsync(Amy, Told, default);
        await Store.SeeKeysAsync(Amy, new ShownKeys(FirstKeys, Vouching.Plain), default);
        await Store.HearAsync(Amy, Told, default);
        await Store.ChangeContactAsync(Amy, new ContactChange.Block(), default);
        await Store.HearAsync(Amy, Told, default);
        Assert.Equal(ContactCapabilities.None, await Store.CapabilitiesAsync(Amy, default));
    }

    [Fact]
    public async Task What_a_contact_has_told_of_suites_ends_with_the_keys_and_with_the_contact()
    {
        await AcceptAmyAsync();
        await Store.HearAsync(Amy, Told, default);
        await Store.SeeKeysAsync(Amy, new ShownKeys(SecondKeys, Vouching.Plain), default);
        Assert.Equal(Told, await Store.CapabilitiesAsync(Amy, default));
        await Store.ChangeContactAsync(Amy, new ContactChange.AcceptKeys(SecondKeys), default);
        Assert.Equal(ContactCapabilities.None, await Store.CapabilitiesAsync(Amy, default));

        await Store.HearAsync(Amy, Told, default);
        await Store.ChangeContactAsync(Amy, new ContactChange.Forget(), default);
        Assert.Equal(ContactCapabilities.None, await Store.CapabilitiesAsync(Amy, default));
    }

    [Fact]
    public async Task How_a_suite_became_known_is_kept()
    {
        await AcceptAmyAsync();
        var offer = new Core.Suites.SuiteOffer("nes2", SecondKeys, 5, IsTaken: true, IsFresh: true) { IsCarried = true };
        await Store.SeeKeysAsync(Amy, new ShownKeys(FirstKeys, Vouching.Plain) { Suites = [offer] }, default);
        Assert.Equal(SuiteRefusal.None, (await Store.SeeKeysAsync(Amy, new ShownKeys(FirstKeys, Vouching.Plain) { Suites = [offer] }, default)).SuiteRefusal);
        await Store.SeeKeysAsync(Amy, new ShownKeys(FirstKeys, Vouching.Plain) { Suites = [offer with { IsCarried = false }] }, default);
        Assert.Equal(SuiteRefusal.Missing, (await Store.SeeKeysAsync(Amy, new ShownKeys(FirstKeys, Vouching.Plain) { Suites = [offer] }, default)).SuiteRefusal);
    }

    private async Task AcceptAmyAsync()
    {
        await Store.SeeKeysAsync(Amy, new ShownKeys(FirstKeys, Vouching.Plain), default);
        await Store.ChangeContactAsync(Amy, new ContactChange.Accept(), default);
    }
}
