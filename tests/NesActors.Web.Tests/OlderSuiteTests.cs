using Microsoft.Playwright;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;
using NesActors.Testing.Vectors;
using NesActors.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace NesActors.Web.Tests;

/// <summary>Amy and ben have suites nes1 and nes2, and whoever holds the key directory would like them to use nes1.</summary>
public sealed class OlderSuiteTests
{
    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task A_better_suite_that_is_withheld_stops_sending_until_it_is_there_again_or_the_person_consents()
    {
        await using var lab = await GatewayLab.StartAsync();
        using var amy = await TwoSuites.JoinAsync(lab, VectorUser.Amy);
        using var ben = await TwoSuites.JoinAsync(lab, VectorUser.Ben);
        await using var browser = await Browser.StartAsync();
        var (ofAmy, ofBen) = await TalkAsync(lab, browser);
        await ofAmy.Field.FillAsync("begun");

        ben.IsStripped(lab);
        await lab["amy"].Messenger.LookUpAsync(lab["ben"].User, default);
        var warning = ofAmy.Page.Locator(".banner");
        await Expect(warning).ToContainTextAsync("ben had a better suite than the key directory shows now.");
        await Expect(warning).ToHaveAttributeAsync("role", "alert");
        await Expect(ofAmy.Contact("ben")).ToContainTextAsync("older suite");
        await Expect(ofAmy.Button("Send")).ToBeDisabledAsync();
        await Looks.GoodAsync(ofAmy.Page, "older suite");
        await ofAmy.Button("What to do").ClickAsync();
        await Expect(ofAmy.Dialog).ToContainTextAsync("The key directory shows no keys for it any more.");
        await ofAmy.Button("Ask the key directory again").ClickAsync();
        await Expect(ofAmy.Dialog.GetByRole(AriaRole.Alert).First).Not.ToBeEmptyAsync();
        await Looks.GoodAsync(ofAmy.Page, "what to do about it");

        ben.IsShown(lab);
        await ofAmy.Button("Ask the key directory again").ClickAsync();
        await Expect(ofAmy.Dialog).ToBeHiddenAsync();
        await Expect(warning).ToBeHiddenAsync();
        await ofAmy.Field.PressAsync("Enter");
        await ofAmy.StateAsync("begun", "Delivered");
        await Expect(ofBen.Message("begun")).ToBeVisibleAsync();
        await Expect(ofBen.Page.Locator("article.message .marks:visible")).ToHaveCountAsync(0);

        ben.IsStripped(lab);
        await lab["amy"].Messenger.LookUpAsync(lab["ben"].User, default);
        await ofAmy.Button("Older suite").ClickAsync();
        await ofAmy.Button("Let messages go by the older suite").ClickAsync();
        await Expect(ofAmy.Dialog.GetByRole(AriaRole.Alert).Last).ToContainTextAsync("Say first that you have asked them.");
        await ofAmy.Dialog.GetByLabel("I have asked them").CheckAsync();
        await ofAmy.Button("Let messages go by the older suite").ClickAsync();
        await Expect(ofAmy.Dialog).ToBeHiddenAsync();
        await Expect(warning).ToBeHiddenAsync();
        await ofAmy.SayAsync("by nes1");
        // Ben knows that she has the better one, and nothing that she has decided.
        await Expect(ofBen.Message("by nes1").Locator(".marks")).ToContainTextAsync("By an older suite than they have");
        Assert.Empty(ofAmy.Faults.Concat(ofBen.Faults));
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task Other_keys_for_the_better_suite_are_told_apart_from_changed_keys_and_accepted_by_their_own_fingerprint()
    {
        await using var lab = await GatewayLab.StartAsync();
        using var amy = await TwoSuites.JoinAsync(lab, VectorUser.Amy);
        using var ben = await TwoSuites.JoinAsync(lab, VectorUser.Ben);
        await using var browser = await Browser.StartAsync();
        var (ofAmy, _) = await TalkAsync(lab, browser);
        var known = ben.Keys;

        ben.ChangeSuiteKeys();
        ben.IsShown(lab);
        await lab["amy"].Messenger.LookUpAsync(lab["ben"].User, default);
        await Expect(ofAmy.Page.Locator(".banner")).ToContainTextAsync("The keys of ben for the better suite have changed.");
        await Expect(ofAmy.Button("Send")).ToBeDisabledAsync();
        await ofAmy.Button("Compare keys").ClickAsync();
        await Expect(ofAmy.Dialog).ToContainTextAsync("Changed keys for suite nes2");
        foreach (var (name, keys) in new[] { ("Fingerprint of the known keys", known), ("Fingerprint of the new keys", ben.Keys) })
            Assert.Equal(keys, (await ofAmy.Dialog.GetByRole(AriaRole.Group, new() { Name = name }).TextContentAsync())!.Replace(" ", "", StringComparison.Ordinal));

        await Looks.GoodAsync(ofAmy.Page, "changed keys for a suite");

        // The one that ben sees behind his name is not the one that is asked for.
        foreach (var (typed, isRight) in new[] { (lab["ben"].Messenger.MyFingerprint.Value, false), (ben.Keys[..16], true) })
        {
            await ofAmy.Dialog.GetByLabel("The fingerprint that they told you").FillAsync(typed);
            await ofAmy.Button("Accept the new keys").ClickAsync();
            if (!isRight) await Expect(ofAmy.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Do not accept them");
        }
        await Expect(ofAmy.Dialog).ToBeHiddenAsync();
        await Expect(ofAmy.Page.Locator(".banner")).ToBeHiddenAsync();
        await ofAmy.SayAsync("to the new keys");
        await ofAmy.StateAsync("to the new keys", "Sent: the broker has it");
        Assert.Empty(ofAmy.Faults);
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task A_contact_who_does_not_see_what_was_published_is_told_of_and_can_be_written_to()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        await lab["bob"].SendAsync("alice", "Hello");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var watched = await browser.OpenAsync(gateway.Address);
        // It takes the session a day to say so: the answer is changed on its way.
        await watched.Page.RouteAsync("**/v1/c*/**", TellAsync);
        await watched.Page.RouteAsync("**/v1/conversations", TellAsync);
        var alice = await ChatPage.SignInAsync(watched, "alice", await gateway.TokenAsync("alice", "send", "read", "admin"));
        await alice.OpenAsync("bob");

        await Expect(alice.Page.Locator(".banner")).ToContainTextAsync("bob does not see your keys for the better suite.");
        await Looks.GoodAsync(alice.Page, "withheld suite");
        await alice.SayAsync("Which directory do you use?");
        await alice.StateAsync("Which directory do you use?", "Delivered");

        static async Task TellAsync(IRoute route)
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace("\"user\":\"bob\",", "\"user\":\"bob\",\"withheld_suite\":\"nes2\",", StringComparison.Ordinal) });
        }
    }

    /// <summary>A page for each, after a message each way: both have seen what the other has.</summary>
    private static async Task<(ChatPage OfAmy, ChatPage OfBen)> TalkAsync(GatewayLab lab, Browser browser)
    {
        var gateway = await lab.ServeAsync("amy", "ben");
        var (ofAmy, ofBen) = (await ChatPage.SignInAsync(browser, gateway, "amy"), await ChatPage.SignInAsync(browser, gateway, "ben"));
        await ofAmy.BeginAsync("ben");
        await ofAmy.SayAsync("Hello Ben");
        await ofAmy.StateAsync("Hello Ben", "Delivered");
        await ofBen.OpenAsync("amy");
        await ofBen.SayAsync("Hello Amy");
        await ofBen.StateAsync("Hello Amy", "Delivered");
        return (ofAmy, ofBen);
    }
}
