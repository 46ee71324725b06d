using System.Net;
using System.Text.RegularExpressions;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Web.Tests;

public sealed partial class PageFileTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task The_page_is_served_to_anybody_under_a_policy_that_allows_its_own_files_alone()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        using var page = await gateway.Anonymous().GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType?.ToString());
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        foreach (var rule in new[] { "default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'" })
            Assert.Contains(rule, policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_file_that_the_browser_has_is_not_sent_again()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var client = (await lab.ServeAsync("alice")).Anonymous();
        using var first = await client.GetAsync("/page/main.js");
        Assert.Equal("text/javascript; charset=utf-8", first.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-cache", first.Headers.CacheControl?.ToString());

        using var request = new HttpRequestMessage(HttpMethod.Get, "/page/main.js");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        // What is no file of the page is told to nobody without a token, not even that.
        await client.GetAsync("/page/..%2FWebPage.cs").ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public void No_text_becomes_markup_or_a_script()
    {
        Assert.NotEmpty(Sources());
        Assert.DoesNotContain(Sources(), source => Dangerous().IsMatch(File.ReadAllText(source)));
    }

    [Fact]
    public void The_page_names_no_other_origin() =>
        Assert.DoesNotContain(Sources().SelectMany(source => Address().Matches(Comment().Replace(File.ReadAllText(source), ""))), match => match.Value != "http://www.w3.org/2000/svg");

    private static string[] Sources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "NesActors.sln"))) folder = folder.Parent;
        return Directory.GetFiles(Path.Combine(folder.FullName, "plugins/NesActors.FrontEnd.Rest/Web/Page"), "*.*", SearchOption.AllDirectories);
    }

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|parseFromString|document\.write|createContextualFragment|srcdoc|\beval\b|new Function|javascript:|\son[a-z]+\s*=\s*""|\sstyle\s*=|<style|document\.cookie")]
    private static partial Regex Dangerous();

    [GeneratedRegex(@"(?:https?|wss?)://[^\s'""<)]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
