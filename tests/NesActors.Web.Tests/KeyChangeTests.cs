using Microsoft.Playwright;
using NesActors.Contracts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;
using NesActors.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace NesActors.Web.Tests;

public sealed class KeyChangeTests
{
    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task Changed_keys_are_warned_of_and_nothing_is_sent_until_they_were_compared_and_accepted()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice");
        await alice.BeginAsync("bob");
        await alice.SayAsync("Hello");
        await alice.StateAsync("Hello", "Delivered");
        await alice.Field.FillAsync("begun");

        await lab.ChangeKeysAsync("bob", seenBy: "alice");
        var warning = alice.Page.Locator(".banner");
        await Expect(warning).ToContainTextAsync("The keys of bob have changed.");
        await Expect(warning).ToHaveAttributeAsync("role", "alert");
        await Expect(alice.Contact("bob")).ToContainTextAsync("keys changed");
        await Expect(alice.Message("I have other keys now")).ToContainTextAsync("Under changed keys");
        await Expect(alice.Button("Send")).ToBeDisabledAsync();
        await alice.Field.PressAsync("Enter");
        await Expect(alice.Field).ToHaveValueAsync("begun");
        await Expect(alice.Messages).ToHaveCountAsync(2);

        var (known, changed) = (PlainSuite.RecordOf(Username.Parse("bob")), lab["bob"].Messenger.MyFingerprint.Value);
        using (var before = new PlainSuite().ReadPeer(known)) await CompareAsync(alice, before.Fingerprint.Value);
        await Expect(alice.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Do not accept them");
        await CompareAsync(alice, changed[..15]);
        await Expect(alice.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("16 digits at least");
        await CompareAsync(alice, string.Join(' ', changed.Chunk(4).Take(4).Select(group => new string(group))));
        await Expect(alice.Dialog).ToBeHiddenAsync();
        await Expect(warning).ToBeHiddenAsync();

        await alice.Field.PressAsync("Enter");
        await alice.StateAsync("begun", "Delivered");
        await lab["bob"].EventAsync<MessageReceived>(received => received.Message.Text == "begun");
        Assert.Empty(alice.Faults);
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task Both_see_the_same_safety_number_and_mark_one_another_as_verified()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice", "bob");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice");
        var bob = await ChatPage.SignInAsync(browser, gateway, "bob");
        await alice.BeginAsync("bob");
        await alice.SayAsync("Shall we compare?");
        await bob.OpenAsync("alice");

        await alice.Button("Not verified").ClickAsync();
        var number = await alice.Dialog.GetByRole(AriaRole.Group, new() { Name = "Safety number" }).TextContentAsync();
        await bob.Button("Not verified").ClickAsync();
        await bob.Dialog.GetByLabel("Or paste the number").FillAsync(string.Concat(Enumerable.Repeat("12345 ", 12)));
        await bob.Button("Compare").ClickAsync();
        await Expect(bob.Dialog.GetByRole(AriaRole.Alert).Last).ToContainTextAsync("alice is not verified");
        await bob.Dialog.GetByLabel("Or paste the number").FillAsync(number!);
        await bob.Button("Compare").ClickAsync();
        await alice.Button("The numbers are the same").ClickAsync();

        await Expect(alice.Button("Verified")).ToBeVisibleAsync();
        await Expect(bob.Button("Verified")).ToBeVisibleAsync();
        await Expect(bob.Contact("alice")).ToContainTextAsync("✓ verified");
        Assert.Empty(alice.Faults.Concat(bob.Faults));
    }

    private static async Task CompareAsync(ChatPage page, string digits)
    {
        if (!await page.Dialog.IsVisibleAsync()) await page.Button("Compare keys").ClickAsync();
        await page.Dialog.GetByLabel("The fingerprint that they told you").FillAsync(digits);
        await page.Button("Accept the new keys").ClickAsync();
    }
}
