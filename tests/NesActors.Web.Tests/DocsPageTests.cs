using Microsoft.Playwright;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;
using NesActors.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace NesActors.Web.Tests;

public sealed class DocsPageTests
{
    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task The_description_is_a_page_that_asks_nobody_else()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();

        var watched = await browser.OpenAsync(new Uri(gateway.Address, "docs"));

        await Expect(watched.Page.GetByRole(AriaRole.Button, new() { Name = "Test Request (post /v1/tokens)" })).ToBeVisibleAsync();
        // Scalar tries whether it may make code of a text; the policy says no, and it does without.
        Assert.DoesNotContain(watched.Faults, fault => fault != $"{WatchedPage.Violation}script-src eval");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Its_policy_is_for_it_alone_and_lets_no_other_origin_in()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var client = (await lab.ServeAsync("alice")).Anonymous();

        using var docs = await client.GetAsync("/docs/");
        using var again = await client.GetAsync("/docs/");
        using var page = await client.GetAsync("/");

        var policy = PolicyOf(docs);
        Assert.Contains("default-src 'none'; script-src 'self' 'nonce-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.NotEqual(policy, PolicyOf(again));
        Assert.DoesNotContain("unsafe", PolicyOf(page), StringComparison.Ordinal);
        Assert.DoesNotContain("https://", await docs.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string PolicyOf(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
}
