using NesActors.Rest.Tests.Support;
using NesActors.Testing;
using NesActors.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace NesActors.Web.Tests;

/// <summary>The server is there, and its broker is not.</summary>
public sealed class BrokerAwayTests
{
    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task What_is_written_while_the_broker_is_killed_waits_at_the_server_and_goes_out_when_it_is_back()
    {
        // It remembers that bob is subscribed, also when it is killed: else it would drop what alice sends before he is back.
        await using var lab = await GatewayLab.StartAsync(new MosquittoOptions { IsPersistent = true }, "alice", "bob");
        var gateway = await lab.ServeAsync("alice", "bob");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice");
        var bob = await ChatPage.SignInAsync(browser, gateway, "bob");
        await alice.BeginAsync("bob");
        await alice.SayAsync("before");
        await alice.StateAsync("before", "Delivered");
        await bob.OpenAsync("alice");

        await lab.Broker.KillAsync();
        var notice = alice.Page.Locator(".notice:visible");
        await Expect(notice).ToContainTextAsync("The broker is not reached");
        await Expect(notice.GetByRole(Microsoft.Playwright.AriaRole.Status)).ToHaveCountAsync(1);
        await alice.SayAsync("meanwhile");
        await alice.StateAsync("meanwhile", "Waits to go out");
        // It is the server's by now, and the page may go.
        await alice.Page.ReloadAsync();
        await Expect(notice).ToContainTextAsync("The broker is not reached");
        await alice.OpenAsync("bob");
        await alice.StateAsync("meanwhile", "Waits to go out");
        await bob.TextsAsync("before");

        await lab.Broker.StartAgainAsync();
        await Expect(notice).ToHaveCountAsync(0);
        await alice.StateAsync("meanwhile", "Delivered");
        await bob.TextsAsync("before", "meanwhile");
        await Expect(bob.Page.Locator(".notice:visible")).ToHaveCountAsync(0);
        Assert.Empty(alice.Faults.Concat(bob.Faults));
    }
}
