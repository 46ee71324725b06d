using Microsoft.Playwright;
using NesActors.Contracts;
using NesActors.Core.Contacts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;
using NesActors.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace NesActors.Web.Tests;

/// <summary>axe-core finds nothing serious on any screen.</summary>
public sealed class AccessibilityTests
{
    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public Task Everybody_can_use_it_in_light() => WalkAsync(ColorScheme.Light, width: 1100);

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public Task Everybody_can_use_it_in_dark() => WalkAsync(ColorScheme.Dark, width: 1100);

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public Task Everybody_can_use_it_in_light_on_a_narrow_screen() => WalkAsync(ColorScheme.Light, width: 360);

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public Task Everybody_can_use_it_in_dark_on_a_narrow_screen() => WalkAsync(ColorScheme.Dark, width: 360);

    private static async Task WalkAsync(ColorScheme scheme, int width)
    {
        await using var lab = await GatewayLab.StartAsync("bob", "carol", "mallory");
        await lab.JoinAsync("alice", strangers: StrangerPolicy.Ask);
        await PrepareAsync(lab);
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var opened = await browser.OpenAsync(gateway.Address, scheme, width);
        await Expect(opened.Page.GetByLabel("Token")).ToBeFocusedAsync();
        await Looks.GoodAsync(opened.Page, "signing in");
        await opened.Page.GetByLabel("Token").FillAsync("nes_wrong");
        await opened.Page.Keyboard.PressAsync("Enter");
        await Expect(opened.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Looks.GoodAsync(opened.Page, "refused");
        var alice = await ChatPage.SignInAsync(opened, "alice", await gateway.TokenAsync("alice", "send", "read", "admin"));
        await Expect(alice.Contact("mallory")).ToBeVisibleAsync();
        await Looks.GoodAsync(alice.Page, "contacts");
        await OpensAsync(alice, "New conversation");
        await OpensAsync(alice, "alice");
        await OpensAsync(alice, "Help and shortcuts");

        await OpenAsync(alice, "mallory", "Hello");
        await Looks.GoodAsync(alice.Page, "request");
        await OpenAsync(alice, "carol", "I have other keys now");
        await Looks.GoodAsync(alice.Page, "changed keys");
        await OpensAsync(alice, "Compare keys");
        await OpenAsync(alice, "bob", "Good morning");
        await alice.SayAsync("Good morning Bob");
        await alice.StateAsync("Good morning Bob", "Delivered");
        await Looks.GoodAsync(alice.Page, "conversation");
        await OpensAsync(alice, "Not verified");
        await OpensAsync(alice, "bob");
        await alice.Button("Search in this conversation").ClickAsync();
        await alice.Page.Locator("nes-search input").FillAsync("good");
        await Expect(alice.Page.Locator("nes-search [role=status]")).ToHaveTextAsync("2 found");
        await Looks.GoodAsync(alice.Page, "search");
        await alice.Page.Keyboard.PressAsync("Escape");

        await gateway.StopAsync();
        await alice.SayAsync("Are you there?");
        await Expect(alice.Message("Are you there?")).ToContainTextAsync("Waits:");
        await Looks.GoodAsync(alice.Page, "server away");
        Assert.Empty(alice.Faults);
    }

    /// <summary>Bob is a contact, carol's keys have changed, and mallory is a stranger who writes.</summary>
    private static async Task PrepareAsync(GatewayLab lab)
    {
        foreach (var user in new[] { "bob", "carol" }) await lab["alice"].SendAsync(user, "Hello");
        foreach (var (user, text) in new[] { ("bob", "Good morning"), ("mallory", "Hello") })
        {
            await lab[user].SendAsync("alice", text);
            await lab["alice"].EventAsync<MessageReceived>(received => received.Message.Contact.Value == user);
        }
        await lab.ChangeKeysAsync("carol", seenBy: "alice");
    }

    private static async Task OpenAsync(ChatPage page, string user, string message)
    {
        if (!await page.Contact(user).IsVisibleAsync()) await page.Button("Back to the contacts").ClickAsync();
        await page.OpenAsync(user);
        await Expect(page.Message(message).First).ToBeVisibleAsync();
    }

    private static async Task OpensAsync(ChatPage page, string button)
    {
        await page.Button(button).ClickAsync();
        await Expect(page.Dialog).ToBeVisibleAsync();
        await Looks.GoodAsync(page.Page, button);
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Dialog).ToBeHiddenAsync();
    }
}
