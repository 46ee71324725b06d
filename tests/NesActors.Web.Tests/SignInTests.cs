using Microsoft.Playwright;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;
using NesActors.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace NesActors.Web.Tests;

public sealed class SignInTests
{
    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task A_token_signs_in_and_is_kept_for_the_tab_alone()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var watched = await browser.OpenAsync(gateway.Address);
        var page = watched.Page;

        await page.GetByLabel("Token").FillAsync(await gateway.TokenAsync("alice", "send", "read", "admin"));
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".me")).ToHaveTextAsync("alice");
        Assert.Equal(gateway.Address.AbsoluteUri, page.Url);
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length"));
        await page.ReloadAsync();
        await Expect(page.Locator(".me")).ToHaveTextAsync("alice");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByLabel("Token")).ToBeFocusedAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("sessionStorage.length"));
        Assert.Empty(watched.Faults);
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task A_token_that_is_of_no_use_is_refused_in_words()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var page = (await browser.OpenAsync(gateway.Address)).Page;

        await page.GetByLabel("Token").FillAsync("nes_wrong");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("the token is not known");

        await page.GetByLabel("Token").FillAsync(await gateway.TokenAsync("alice", "send"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("may not read");
        Assert.Equal(0, await page.EvaluateAsync<int>("sessionStorage.length"));
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task A_link_signs_in_once_and_its_token_ends_with_signing_out()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync(request => request with { Link = true }, "alice");
        var link = new Uri(gateway.Running.Notices.Single(notice => notice.Kind == "link").Value);
        await using var browser = await Browser.StartAsync();

        var first = await browser.OpenAsync(link);
        await Expect(first.Page.Locator(".me")).ToHaveTextAsync("alice");
        Assert.Equal(gateway.Address.AbsoluteUri, first.Page.Url);
        var secret = await first.Page.EvaluateAsync<string>("sessionStorage.getItem('nes.token')");
        var second = (await browser.OpenAsync(link)).Page;
        await Expect(second.GetByRole(AriaRole.Alert)).ToContainTextAsync("has been used");

        await first.Page.RunAndWaitForResponseAsync(
            () => first.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync(), answer => answer.Request.Method == "DELETE" && answer.Url.Contains("/v1/tokens/", StringComparison.Ordinal));
        await gateway.With(secret).GetAsync("/v1/status").ProblemAsync(System.Net.HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Empty(first.Faults);
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task A_code_leaves_the_address_at_once()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();

        var page = (await browser.OpenAsync(new Uri(gateway.Address, "/#code=used-before"))).Page;

        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        Assert.Equal(gateway.Address.AbsoluteUri, page.Url);
    }
}
