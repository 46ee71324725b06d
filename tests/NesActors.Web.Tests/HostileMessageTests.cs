using Microsoft.Playwright;
using NesActors.Contracts.FrontEnd;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;
using NesActors.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace NesActors.Web.Tests;

/// <summary>What somebody sends who wants the page to do something else than show it.</summary>
public sealed class HostileMessageTests
{
    private static readonly string[] Texts =
    [
        "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script><style>*{display:none}</style>",
        "<iframe srcdoc='<script>top.document.title=1</script>'></iframe><a href='javascript:alert(1)'>click</a>", "https://example.org/track?who=alice",
        "{{constructor.constructor('alert(1)')()}} ${alert(1)} \"><svg onload=alert(1)>", "invoice\u202Egpj.exe", "\u2066\u2067isolated", "pay\u200bpal zero width \uFEFF", "Z" + new string('\u0334', 60),
        "alice\n\u2713 Verified\nToday\n\u26A0 The keys of bob have changed.",
    ];

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task It_is_shown_as_text_and_nothing_of_it_runs_or_is_asked_for()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice");
        foreach (var text in Texts) await lab["bob"].SendAsync("alice", text);
        await alice.OpenAsync("bob");

        var shown = alice.Page.Locator("article.message .text");
        await Expect(shown).ToHaveCountAsync(Texts.Length);
        Assert.Equal(Texts.Select(text => string.Join('\n', TerminalText.Lines(text))), await shown.EvaluateAllAsync<string[]>("texts => texts.map(text => text.textContent)"));
        // Signs for what cannot be seen are all the markup that there is.
        Assert.Equal(["sign"], await alice.Page.EvaluateAsync<string[]>("[...new Set([...document.querySelectorAll('article.message .text *')].map(part => `${part.localName === 'span' ? '' : part.localName}${part.className}`))]"));
        Assert.Equal(["auto isolate"], await shown.EvaluateAllAsync<string[]>("texts => [...new Set(texts.map(text => `${text.dir} ${getComputedStyle(text).unicodeBidi}`))]"));
        // What it says about itself stands in its own frame, and what the page says about bob is as before.
        await Expect(alice.Page.Locator(".trust")).ToHaveTextAsync("Not verified");
        await Expect(alice.Page.Locator(".banner")).ToBeHiddenAsync();
        await Expect(alice.Page.Locator(".day")).ToHaveCountAsync(1);
        await Expect(alice.Page).ToHaveTitleAsync("NES");
        Assert.Empty(alice.Faults);
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task A_very_long_one_leaves_the_page_its_shape()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var alice = await ChatPage.SignInAsync(browser, gateway, "alice", width: 360);
        var text = new string('w', 60_000);
        await lab["bob"].SendAsync("alice", text);
        await alice.OpenAsync("bob");

        var shown = alice.Messages.Locator(".text");
        await Expect(shown).ToHaveTextAsync(text[..4000]);
        await alice.Button("Show all of it").ClickAsync();
        await Expect(shown).ToHaveTextAsync(text);
        Assert.Equal(0, await alice.Page.EvaluateAsync<int>("[document.documentElement, document.querySelector('.log')].reduce((sum, part) => sum + part.scrollWidth - part.clientWidth, 0)"));
        await Expect(alice.Field).ToBeInViewportAsync();
    }

    [RealPartFact(GatewayLab.Program, Browser.Program)]
    public async Task Markup_scripts_and_other_origins_are_stopped_by_the_policy_too()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        await using var browser = await Browser.StartAsync();
        var watched = await browser.OpenAsync(gateway.Address);
        var page = watched.Page;
        await Expect(page.GetByLabel("Token")).ToBeFocusedAsync();

        foreach (var (directive, script) in new[]
        {
            ("require-trusted-types-for", "document.body.innerHTML = '<b>markup</b>'"),
            ("require-trusted-types-for", "document.createElement('script').text = 'document.title = 1'"),
            ("connect-src", "await fetch('https://example.org/')"),
            ("img-src", "document.body.append(Object.assign(document.createElement('img'), { src: 'https://example.org/x.png' }))"),
            ("frame-src", "document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://example.org/' }))"),
            ("form-action", "const form = document.createElement('form'); form.action = 'https://example.org/'; document.body.append(form); form.submit()"),
            ("style-src-attr", "document.body.setAttribute('style', 'display: none')"),
        })
        {
            await page.RunAndWaitForConsoleMessageAsync(
                () => page.EvaluateAsync($"async () => {{ try {{ {script} }} catch {{ }} }}"), new() { Predicate = line => line.Text.StartsWith($"{WatchedPage.Violation}{directive}", StringComparison.Ordinal) });
        }
        Assert.NotEqual("none", await page.EvaluateAsync<string>("getComputedStyle(document.body).display"));
    }
}
