using System.Net;
using NesActors.Contracts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;
using NesActors.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace NesActors.Web.Tests;

/// <summary>What is decided about a contact behind their name.</summary>
public sealed class ContactDialogTests
{
    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task What_they_are_told_how_long_messages_stay_and_that_they_go_is_decided_there()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        using var socket = gateway.BySocket("alice");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice");
        await alice.BeginAsync("bob");
        await alice.SayAsync("Hello");
        await alice.StateAsync("Hello", "Delivered");

        await alice.Button("bob").ClickAsync();
        await alice.Dialog.GetByLabel("Alias, for your eyes alone").FillAsync("Bob from work");
        await alice.Button("Save the alias").ClickAsync();
        await Expect(alice.Button("Bob from work (bob)")).ToBeVisibleAsync();
        await alice.Button("Bob from work (bob)").ClickAsync();
        await alice.Dialog.GetByLabel("Tell them what you have read").SelectOptionAsync("always");
        await alice.Dialog.GetByLabel("Tell them what has arrived").SelectOptionAsync("never");
        await alice.Button("Save what they are told").ClickAsync();
        await Expect(alice.Dialog).ToBeHiddenAsync();
        var told = await socket.GetAsync("/v1/contacts/bob").JsonAsync(HttpStatusCode.OK);
        Assert.Equal((true, false), (told.GetProperty("read_receipts").GetBoolean(), told.GetProperty("delivery_receipts").GetBoolean()));
        await alice.Button("Bob from work (bob)").ClickAsync();
        await Expect(alice.Dialog.GetByLabel("Tell them what you have read")).ToHaveValueAsync("true");
        await Expect(alice.Dialog.GetByLabel("Tell them what has arrived")).ToHaveValueAsync("false");
        await Looks.GoodAsync(alice.Page, "contact");
        await alice.Dialog.GetByLabel("Keep messages here").SelectOptionAsync("for a week");
        await alice.Button("Set").ClickAsync();
        await Expect(alice.Dialog).ToBeHiddenAsync();
        await alice.TextsAsync("Hello");

        await alice.Button("Bob from work (bob)").ClickAsync();
        await Expect(alice.Dialog.GetByLabel("Keep messages here")).ToHaveValueAsync("604800");
        await alice.Button("Delete messages…").ClickAsync();
        await Expect(alice.Dialog).ToContainTextAsync("Delete messages with bob?");
        await alice.Button("Delete them").ClickAsync();
        await Expect(alice.Page.Locator("nes-messages")).ToContainTextAsync("No messages yet.");
        await Expect(alice.Contact("bob").Locator(".last")).ToBeEmptyAsync();
        Assert.Empty(await lab["alice"].Messenger.HistoryAsync(lab["bob"].User, null, null, 10, default));
        Assert.Single(await lab["bob"].Messenger.HistoryAsync(lab["alice"].User, null, null, 10, default));
        Assert.Empty(alice.Faults);
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task How_long_messages_stay_is_shown_as_it_is_set_elsewhere_too()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var (messenger, bob) = (lab["alice"].Messenger, lab["bob"].User);
        await messenger.ChangeContactAsync(bob, new ContactChange.Accept(), default);
        await messenger.DisappearAsync(bob, TimeSpan.FromDays(45), default);
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice");
        await alice.OpenAsync("bob");

        await alice.Page.GetByTitle("About this contact").ClickAsync();
        var stays = alice.Dialog.GetByLabel("Keep messages here");
        await Expect(stays.Locator("option:checked")).ToHaveTextAsync("for 45 days");
        await messenger.DisappearAsync(bob, TimeSpan.FromMinutes(90), default);
        await Expect(stays.Locator("option:checked")).ToHaveTextAsync("for 90 minutes");
        await messenger.DisappearAsync(bob, null, default);
        await Expect(stays.Locator("option:checked")).ToHaveTextAsync("as the settings say");

        // What the person has chosen and not set yet stays chosen.
        await stays.SelectOptionAsync("for a year");
        await messenger.DisappearAsync(bob, TimeSpan.FromDays(1), default);
        await messenger.ChangeContactAsync(bob, new ContactChange.Rename("Bob from work"), default);
        await Expect(alice.Contact("bob")).ToContainTextAsync("Bob from work");
        await Expect(stays.Locator("option:checked")).ToHaveTextAsync("for a year");
        await alice.Button("Close").ClickAsync();
        await alice.Button("Bob from work (bob)").ClickAsync();
        await Expect(stays.Locator("option:checked")).ToHaveTextAsync("for a day");
        Assert.Empty(alice.Faults);
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task Messages_that_were_deleted_elsewhere_do_not_stop_the_page_from_reading_on()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        for (var number = 1; number <= 60; number++) await lab["bob"].SendAsync("alice", $"message {number}.");
        await lab["alice"].EventAsync<MessageReceived>(received => received.Message.Text == "message 60.");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice");
        await alice.OpenAsync("bob");
        await Expect(alice.Messages).ToHaveCountAsync(50);

        await lab["alice"].Messenger.DeleteMessageAsync((await lab["alice"].Messenger.HistoryAsync(lab["bob"].User, null, null, 50, default))[0].Id, default);
        await alice.Page.Locator(".log").EvaluateAsync("log => log.scrollTop = 0");
        await Expect(alice.Message("message 11.")).ToHaveCountAsync(0);
        await alice.Page.Locator(".log").EvaluateAsync("log => log.scrollTop = 0");
        await Expect(alice.Message("message 1.")).ToHaveCountAsync(1);
        Assert.Empty(alice.Faults);
    }
}
