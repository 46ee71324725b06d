using System.Net;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Server;

public sealed class AnswerHeaderTests
{
    [Fact]
    public async Task The_home_page_explains_the_requests()
    {
        await using var directory = await TestDirectory.StartAsync();
        using var response = await directory.Http.GetAsync(new Uri("", UriKind.Relative));
        var page = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"GET {directory.Server.BaseAddress}users/{{username}}", page, StringComparison.Ordinal);
        Assert.Contains("user already exist", page, StringComparison.Ordinal);
        Assert.Contains(directory.Server.PublicKeyPem.Split('\n')[1], page, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("users/nobody")]
    [InlineData("users/nobody/token")]
    [InlineData("nothing")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        await using var directory = await TestDirectory.StartAsync();
        using var response = await directory.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
        Assert.Contains("default-src 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.False(response.Headers.Contains("Server"));
    }
}
