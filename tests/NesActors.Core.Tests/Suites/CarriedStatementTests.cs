using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;
using NesActors.Core.Hosting;
using NesActors.Testing.Vectors;
using NesActors.Transport.InMemory;

namespace NesActors.Core.Tests.Suites;

/// <summary>Two of ours over a key directory that carries no statements for suites, as the original's: messages carry them.</summary>
public sealed class CarriedStatementTests : SuiteSessionSpec
{
    private readonly string _address = $"memory://{Guid.NewGuid():N}";
    private readonly Person _amy, _ben;

    public CarriedStatementTests() => (_amy, _ben) = (Make(VectorUser.Amy), Make(VectorUser.Ben));

    [Fact]
    public async Task Two_who_have_both_suites_go_over_to_the_better_one_by_themselves()
    {
        var (amy, ben) = await OnlineAsync();
        await TalkUntilUpgradedAsync(amy, ben);
        foreach (var (messenger, other) in new[] { (amy, ben), (ben, amy) })
        {
            var contact = await messenger.ContactAsync(other.Me, default);
            Assert.Equal(("nes2", SuiteRefusal.None, TrustState.Pinned, other.MyFingerprint), (contact.Suite, contact.SuiteRefusal, contact.Trust, contact.Pinned!.Value));
            Assert.Null(contact.WithheldSuite);
            Assert.All(await messenger.HistoryAsync(other.Me, null, null, 100, default), message => Assert.False(message.IsOlderSuite));
        }
    }

    [Fact]
    public async Task One_who_has_the_older_suite_alone_is_written_to_by_it()
    {
        var (amy, ben) = await OnlineAsync(usedByBen: Older);
        for (var i = 0; i < 4; i++) await TalkAsync(amy, ben, $"hello {i}");
        Assert.Null((await amy.ContactAsync(_ben.Name, default)).Suite);
    }

    private async Task<(IMessenger Amy, IMessenger Ben)> OnlineAsync(string[]? usedByBen = null)
    {
        Show(Stripped(RecordOf(_amy)));
        Show(Stripped(RecordOf(_ben)));
        NesHost[] hosts = [await StartAsync(_amy, () => new InMemoryTransport(), _address), await StartAsync(_ben, () => new InMemoryTransport(), _address, usedByBen)];
        foreach (var host in hosts) await TakeAsync<ConnectionChanged>(host.Messenger, 1, changed => changed.State == ConnectionState.Online);
        return (hosts[0].Messenger, hosts[1].Messenger);
    }

    private static async Task TalkUntilUpgradedAsync(IMessenger one, IMessenger other)
    {
        for (var i = 0; i < 10; i++)
        {
            await TalkAsync(one, other, $"hello {i}");
            if (await SuiteAsync(one, other) == "nes2" && await SuiteAsync(other, one) == "nes2") return;
        }
        Assert.Fail("They stay with the older suite.");
    }

    private static async Task<string?> SuiteAsync(IMessenger messenger, IMessenger other) => (await messenger.ContactAsync(other.Me, default)).Suite;

    private static async Task TalkAsync(IMessenger one, IMessenger other, string text)
    {
        await one.SendAsync(other.Me, text, default);
        await TakeAsync<MessageReceived>(other, 1, received => received.Message.Text == text);
        await other.SendAsync(one.Me, $"{text} back", default);
        await TakeAsync<MessageReceived>(one, 1, received => received.Message.Text == $"{text} back");
    }
}
