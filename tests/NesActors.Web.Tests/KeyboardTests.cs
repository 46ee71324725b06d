using Microsoft.Playwright;
using NesActors.Contracts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;
using NesActors.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace NesActors.Web.Tests;

public sealed class KeyboardTests
{
    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public Task Everything_is_reached_without_a_mouse() => WalkAsync(width: 1100);

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public Task Everything_is_reached_without_a_mouse_on_a_narrow_screen() => WalkAsync(width: 360);

    private static async Task WalkAsync(int width)
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob", "carol");
        foreach (var user in new[] { "bob", "carol" })
        {
            await lab[user].SendAsync("alice", $"from {user}");
            await lab["alice"].EventAsync<MessageReceived>(received => received.Message.Text == $"from {user}");
        }
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice", width: width);
        var keys = alice.Page.Keyboard;
        await Expect(alice.Page.Locator(".contact")).ToHaveCountAsync(2);

        await keys.PressAsync("Control+K");
        await Expect(alice.Page.GetByLabel("Find a contact")).ToBeFocusedAsync();
        await keys.PressAsync("ArrowDown");
        await Expect(alice.Contact("carol")).ToBeFocusedAsync();
        await keys.PressAsync("ArrowDown");
        await Expect(alice.Contact("bob")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(alice.Field).ToBeFocusedAsync();
        await Expect(alice.Message("from bob")).ToBeVisibleAsync();
        await keys.TypeAsync("one");
        await keys.PressAsync("Shift+Enter");
        await keys.TypeAsync("two");
        await keys.PressAsync("Enter");
        await alice.StateAsync("one", "Delivered");
        await alice.TextsAsync("from bob", "one\ntwo");

        await keys.PressAsync("Alt+ArrowDown");
        await Expect(alice.Message("from carol")).ToBeVisibleAsync();
        await keys.PressAsync("Control+Shift+F");
        await Expect(alice.Page.Locator("nes-search input")).ToBeFocusedAsync();
        await keys.PressAsync("Escape");
        await Expect(alice.Page.Locator("nes-search")).ToBeHiddenAsync();
        await keys.PressAsync("Escape");
        await Expect(alice.Contact("carol")).ToBeFocusedAsync();
        await keys.PressAsync("Control+/");
        await Expect(alice.Dialog).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(alice.Contact("carol")).ToBeFocusedAsync();

        await keys.PressAsync("Control+Alt+N");
        await Expect(alice.Page.GetByLabel("Username")).ToBeFocusedAsync();
        await keys.TypeAsync("bob");
        await keys.PressAsync("Enter");
        await Expect(alice.Field).ToBeFocusedAsync();
        await Expect(alice.Message("from bob")).ToBeVisibleAsync();
        Assert.Empty(alice.Faults);
    }
}
