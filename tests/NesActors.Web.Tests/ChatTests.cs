using System.Net;
using System.Net.Http.Json;
using NesActors.Contracts;
using NesActors.Core.Contacts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;
using NesActors.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace NesActors.Web.Tests;

/// <summary>Two people, a page each, one gateway.</summary>
public sealed class ChatTests
{
    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task Two_people_talk_and_see_how_far_their_messages_have_come()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice", "bob");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice");
        var bob = await ChatPage.SignInAsync(browser, gateway, "bob");

        await alice.BeginAsync("bob");
        await alice.SayAsync("Hello Bob!");
        await alice.StateAsync("Hello Bob!", "Delivered");
        await Expect(bob.Contact("alice").Locator(".count")).ToHaveTextAsync("1");
        await Expect(bob.Page).ToHaveTitleAsync("(1) NES");
        await TellReadAsync(gateway, "bob", "alice");
        await bob.OpenAsync("alice");
        await Expect(bob.Page).ToHaveTitleAsync("NES");
        await alice.StateAsync("Hello Bob!", "Read");

        await bob.SayAsync("Good morning\nAlice");
        await alice.TextsAsync("Hello Bob!", "Good morning\nAlice");
        await bob.TextsAsync("Hello Bob!", "Good morning\nAlice");
        await Expect(alice.Contact("bob").Locator(".last")).ToHaveTextAsync("Good morning Alice");
        Assert.Empty(alice.Faults.Concat(bob.Faults));
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task A_reload_keeps_the_person_signed_in_and_loses_nothing()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice");
        await alice.BeginAsync("bob");
        await alice.SayAsync("first");
        await alice.StateAsync("first", "Delivered");
        await lab["bob"].SendAsync("alice", "second");
        await alice.TextsAsync("first", "second");

        await alice.Page.ReloadAsync();
        await lab["bob"].SendAsync("alice", "third");
        await alice.OpenAsync("bob");
        await alice.TextsAsync("first", "second", "third");
        await alice.SayAsync("fourth");
        await alice.TextsAsync("first", "second", "third", "fourth");
        await alice.StateAsync("fourth", "Delivered");
        Assert.Empty(alice.Faults);
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task A_stranger_asks_and_is_accepted_or_blocked()
    {
        await using var lab = await GatewayLab.StartAsync("bob", "mallory");
        await lab.JoinAsync("alice", strangers: StrangerPolicy.Ask);
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice");

        await lab["bob"].SendAsync("alice", "May I?");
        await lab["mallory"].SendAsync("alice", "Buy this");
        await Expect(alice.Page.GetByRole(Microsoft.Playwright.AriaRole.List, new() { Name = "Requests" }).Locator(".contact")).ToHaveCountAsync(2);
        await alice.OpenAsync("mallory");
        await Expect(alice.Message("Buy this")).ToContainTextAsync("Request of a stranger");
        await alice.Button("Block").ClickAsync();
        await Expect(alice.Page.Locator(".banner")).ToContainTextAsync("You have blocked mallory");
        await Expect(alice.Field).Not.ToBeEditableAsync();
        await alice.OpenAsync("bob");
        await alice.Button("Accept").ClickAsync();

        await Expect(alice.Page.Locator(".banner")).ToBeHiddenAsync();
        await Expect(alice.Page.GetByRole(Microsoft.Playwright.AriaRole.List, new() { Name = "Contacts" }).Locator(".contact .name")).ToHaveTextAsync(["bob"]);
        await Expect(alice.Message("May I?")).Not.ToContainTextAsync("Request of a stranger");
        Assert.Empty(alice.Faults);
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task A_name_that_nobody_has_is_refused_before_anything_is_written()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice");

        await alice.BeginAsync("bobb");
        await Expect(alice.Dialog.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("knows no bobb");
        await alice.Page.GetByLabel("Username").FillAsync("bob");
        await alice.Page.Keyboard.PressAsync("Enter");

        await Expect(alice.Field).ToBeFocusedAsync();
        await Expect(alice.Page.Locator("nes-messages")).ToContainTextAsync("No messages yet.");
        await Expect(alice.Button("Not verified")).ToBeVisibleAsync();
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task A_message_is_found_by_its_words_and_shown_among_the_others()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        for (var number = 1; number <= 120; number++) await lab["bob"].SendAsync("alice", $"message {number}");
        await lab["alice"].EventAsync<MessageReceived>(received => received.Message.Text == "message 120");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice");
        await alice.OpenAsync("bob");
        await Expect(alice.Message("message 120")).ToBeInViewportAsync();

        await alice.Page.Keyboard.PressAsync("Control+Shift+F");
        await alice.Page.GetByLabel("Search in this conversation").Last.FillAsync("MESSAGE 7");
        await Expect(alice.Page.Locator("nes-search [role=status]")).ToHaveTextAsync("11 found");
        await alice.Page.Locator("nes-search li button").Last.ClickAsync();

        await Expect(alice.Message("message 7").First).ToBeInViewportAsync();
        await Expect(alice.Message("message 7").First.Locator("mark")).ToHaveTextAsync("message 7");
        await alice.Button("Latest messages").ClickAsync();
        await Expect(alice.Message("message 120")).ToBeInViewportAsync();
    }

    private static async Task TellReadAsync(LabGateway gateway, string who, string whom)
    {
        using var socket = gateway.BySocket(who);
        await socket.PatchAsJsonAsync($"/v1/contacts/{whom}", new { read_receipts = true }).JsonAsync(HttpStatusCode.OK);
    }
}
