using System.Net;
using Microsoft.Playwright;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;
using NesActors.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace NesActors.Web.Tests;

/// <summary>How it ends that somebody is signed in.</summary>
public sealed class EndOfSigningInTests
{
    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task A_token_that_is_revoked_leads_to_the_sign_in_page_and_what_was_begun_is_kept()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice");
        await alice.BeginAsync("bob");
        await alice.SayAsync("sent");
        await alice.StateAsync("sent", "Delivered");
        await alice.Field.FillAsync("begun");

        await RevokeAllAsync(gateway, "alice");
        await Expect(alice.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no longer of use");
        await Expect(alice.Page.GetByLabel("Token")).ToBeFocusedAsync();
        await Expect(alice.Messages).ToHaveCountAsync(0);
        Assert.Equal(0, await alice.Page.EvaluateAsync<int>("sessionStorage.length + localStorage.length"));

        await alice.SignInAsync("alice", await gateway.TokenAsync("alice", "send", "read", "admin"));
        await alice.OpenAsync("bob");
        await Expect(alice.Field).ToHaveValueAsync("begun");
        await alice.TextsAsync("sent");
        Assert.Empty(alice.Faults);
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task Signing_out_asks_while_something_has_not_gone_out()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice");
        await alice.BeginAsync("bob");
        await Expect(alice.Field).ToBeFocusedAsync();
        await gateway.StopAsync();
        await alice.SayAsync("not gone out");
        await Expect(alice.Message("not gone out")).ToContainTextAsync("Waits: The server does not answer.");

        await alice.Button("Sign out").ClickAsync();
        await Expect(alice.Dialog).ToContainTextAsync("A message that you wrote has not gone out yet");
        await alice.Button("Close").ClickAsync();
        await Expect(alice.Message("not gone out")).ToBeVisibleAsync();
        await alice.Button("Sign out").ClickAsync();
        await alice.Button("Sign out all the same").ClickAsync();

        await Expect(alice.Page.GetByLabel("Token")).ToBeVisibleAsync();
        Assert.Equal(0, await alice.Page.EvaluateAsync<int>("sessionStorage.length + localStorage.length"));
    }

    private static async Task RevokeAllAsync(LabGateway gateway, string user)
    {
        using var socket = gateway.BySocket(user);
        foreach (var token in (await socket.GetAsync("/v1/tokens").JsonAsync(HttpStatusCode.OK)).GetProperty("tokens").EnumerateArray())
            await socket.DeleteAsync($"/v1/tokens/{token.Text("id")}").EmptyAsync();
    }
}
