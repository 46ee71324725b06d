using System.Text.Json;
using NesActors.EndToEnd.Tests.Support;
using NesActors.Testing;
using NesActors.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace NesActors.Web.Tests;

/// <summary>The page of the real program, <c>nes serve</c> as a process for each of two people.</summary>
public sealed class RestartTests
{
    [RealPartFact(Lab.Program, Browser.Program)]
    public async Task A_server_that_is_killed_and_started_again_loses_nothing_and_shows_nothing_twice()
    {
        await using var lab = await Lab.StartAsync();
        foreach (var user in new[] { "alice", "bob" }) await lab.JoinAsync(user);
        var first = await ServedApi.StartAsync(lab.Nes, ["alice"], [.. lab.Options("alice"), "--open"]);
        await using var firstProcess = first;
        await using var other = await ServedApi.StartAsync(lab.Nes, ["bob"], [.. lab.Options("bob"), "--open"]);
        await using var browser = await Browser.StartAsync();
        var alice = await ByLinkAsync(browser, first, "alice");
        var bob = await ByLinkAsync(browser, other, "bob");
        await alice.BeginAsync("bob");
        await alice.SayAsync("before");
        await alice.StateAsync("before", "Delivered");
        await bob.OpenAsync("alice");
        await bob.TextsAsync("before");

        await first.Process.KillAsync();
        await Expect(alice.Page.Locator(".notice:visible")).ToContainTextAsync("The server is not reached. Trying again; what you write waits here");
        await alice.SayAsync("while it is away");
        await Expect(alice.Message("while it is away")).ToContainTextAsync("Waits: The server does not answer.");
        await alice.Field.FillAsync("half written");
        await bob.SayAsync("meanwhile");
        await bob.StateAsync("meanwhile", "Sent: the broker has it");

        await using var second = await ServedApi.StartAsync(lab.Nes, [], [.. lab.Options("alice"), "--listen", first.Address.AbsoluteUri]);
        // Not by the mouse: the page may try by itself at any moment, and the button is gone.
        await alice.Page.Locator(".notice button", new() { HasTextString = "Try now" }).DispatchEventAsync("click");
        await Expect(alice.Page.Locator(".notice:visible")).ToHaveCountAsync(0);
        await alice.StateAsync("while it is away", "Delivered");
        await bob.StateAsync("meanwhile", "Delivered");
        await Expect(alice.Messages).ToHaveCountAsync(3);
        await bob.TextsAsync("before", "meanwhile", "while it is away");
        await Expect(alice.Field).ToHaveValueAsync("half written");

        await alice.Field.PressAsync("Enter");
        await Expect(bob.Messages).ToHaveCountAsync(4);
        await bob.SayAsync("after");
        await alice.StateAsync("half written", "Delivered");
        await Expect(alice.Messages).ToHaveCountAsync(5);
        // As the session has recorded them, whatever the order in which the page heard of them.
        var shown = await alice.Page.Locator("article.message .text").AllTextContentsAsync();
        await alice.Page.ReloadAsync();
        await alice.OpenAsync("bob");
        await alice.TextsAsync([.. shown]);
        Assert.Empty(alice.Faults.Concat(bob.Faults));
    }

    private static async Task<ChatPage> ByLinkAsync(Browser browser, ServedApi served, string user)
    {
        var link = JsonDocument.Parse(await served.Process.SaysAsync("\"link\"")).RootElement.GetProperty("value").GetString()!;
        return await ChatPage.OfLinkAsync(await browser.OpenAsync(new Uri(link)), user);
    }
}
