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

        await Expect(watched.Page.GetByRole(AriaRole.Heading, new() { Name = "Makes a token; its secret is in this answer and nowhere else" })).ToBeVisibleAsync();
        // Requests cannot leave the page, so it offers none.
        await Expect(watched.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("Test Request|API Client") })).ToHaveCountAsync(0);
        // Scalar tries whether it may make code of a text; the policy says no, and it does without.
        Assert.DoesNotContain(watched.Faults, fault => fault != $"{WatchedPage.Violation}script-src eval");
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task Its_scripts_reach_nothing_of_the_chat_that_is_signed_in_beside_it()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var chat = await ChatPage.SignInAsync(browser, gateway, "alice");
        var page = chat.Page;
        // What the browser gives a page, before a script of the page can put something else in its place.
        await page.AddInitScriptAsync("window.given = ['sessionStorage', 'localStorage', 'indexedDB'].map(name => [name, Object.getOwnPropertyDescriptor(window, name).get])");
        const string Reach = "() => window.given.map(([name, get]) => { try { return `${name}: ${get.call(window)}` } catch (error) { return `${name}: ${error.name}` } })";
        await page.ReloadAsync();
        await Expect(page.Locator(".me")).ToHaveTextAsync("alice");
        Assert.Contains("sessionStorage: [object Storage]", await page.EvaluateAsync<string[]>(Reach));

        // The same tab: the same storage, were it the same origin.
        await page.GotoAsync(new Uri(gateway.Address, "docs").AbsoluteUri);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "NesActors" })).ToBeVisibleAsync();
        Assert.Equal("null", await page.EvaluateAsync<string>("origin"));
        Assert.All((await page.EvaluateAsync<string[]>(Reach))[..2], reached => Assert.EndsWith(": SecurityError", reached, StringComparison.Ordinal));
        Assert.Equal("SecurityError", await page.EvaluateAsync<string>("() => { try { document.cookie; return 'read' } catch (error) { return error.name } }"));
        foreach (var way in new[] { "fetch('/v1/identities')", "fetch('/')", "import('/page/main.js')", "navigator.serviceWorker.register('/page/main.js')" })
            Assert.StartsWith("refused", await page.EvaluateAsync<string>($"async () => {{ try {{ await {way}; return 'reached' }} catch (error) {{ return `refused: ${{error.name}}` }} }}"), StringComparison.Ordinal);
        Assert.True(await page.EvaluateAsync<bool>("window.open('/') === null"));

        await page.GotoAsync(gateway.Address.AbsoluteUri);
        await Expect(page.Locator(".me")).ToHaveTextAsync("alice");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_page_without_an_origin_is_refused_by_the_server_too()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/identities");
        request.Headers.Add("Origin", "null");
        await (await gateway.AsAsync("alice", "read")).SendAsync(request).ProblemAsync(System.Net.HttpStatusCode.Forbidden, "origin_not_allowed");
        // Scalar would serve a page of its own beside its script, in the chat's origin.
        foreach (var path in new[] { "/docs/v1", "/docs/index.html", "/docs/scalar.aspnetcore.js" })
            await gateway.Anonymous().GetAsync(path).ProblemAsync(System.Net.HttpStatusCode.NotFound, "not_found");
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
        Assert.StartsWith("sandbox allow-scripts; default-src 'none'; script-src 'nonce-", policy, StringComparison.Ordinal);
        foreach (var way in new[] { "http", "unsafe-eval", "allow-same-origin", "'self'", "connect-src" }) Assert.DoesNotContain(way, policy, StringComparison.Ordinal);
        Assert.NotEqual(policy, PolicyOf(again));
        Assert.DoesNotContain("unsafe", PolicyOf(page), StringComparison.Ordinal);
        Assert.DoesNotContain("https://", await docs.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string PolicyOf(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
}
