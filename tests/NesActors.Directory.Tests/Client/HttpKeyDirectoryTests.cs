using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Client;

public sealed class HttpKeyDirectoryTests
{
    private static readonly Username Amy = Username.Parse("amy");

    [Fact]
    public async Task A_404_says_that_there_is_no_such_user()
    {
        await using var server = await StubServer.AnsweringAsync(404, "user not found", "text/plain");
        using var client = server.Client();
        Assert.IsType<LookupResult.NotFound>(await client.LookUpAsync(Amy, CancellationToken.None));
    }

    [Theory]
    [InlineData(204)]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(410)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task Another_status_says_nothing_about_the_user(int status)
    {
        await using var server = await StubServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        using var client = server.Client();
        var result = Assert.IsType<LookupResult.Unavailable>(await client.LookUpAsync(Amy, CancellationToken.None));
        Assert.Contains($"{status}", result.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Follows_no_redirect(int status)
    {
        var requests = 0;
        await using var server = await StubServer.StartAsync(context =>
        {
            Interlocked.Increment(ref requests);
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });
        using var client = server.Client();
        var result = Assert.IsType<LookupResult.Unavailable>(await client.LookUpAsync(Amy, CancellationToken.None));
        Assert.Contains("redirect", result.Detail, StringComparison.Ordinal);
        Assert.Equal(1, requests);
    }

    [Fact]
    public async Task Sends_no_cookie_back_and_asks_for_no_compression()
    {
        var headers = new List<string>();
        await using var server = await StubServer.StartAsync(context =>
        {
            headers.AddRange(context.Request.Headers.Keys);
            context.Response.StatusCode = 404;
            context.Response.Headers.SetCookie = "track=1";
            return Task.CompletedTask;
        });
        using var client = server.Client();
        await client.LookUpAsync(Amy, CancellationToken.None);
        await client.LookUpAsync(Amy, CancellationToken.None);
        Assert.Equal(["Host", "Host"], headers);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/pubkey")]
    [InlineData("/pubkey/")]
    public async Task Asks_below_the_path_of_the_address(string path)
    {
        var asked = "";
        await using var server = await StubServer.StartAsync(context =>
        {
            asked = context.Request.Path;
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        using var client = new HttpKeyDirectory(server.Options with { Address = new Uri(server.Address.AbsoluteUri.TrimEnd('/') + path) });
        await client.LookUpAsync(Amy, CancellationToken.None);
        Assert.Equal(path.TrimEnd('/') + "/users/amy", asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Gives_up_on_a_server_that_never_comes_to_an_end(bool beginsToAnswer)
    {
        var asked = new TaskCompletionSource();
        var clock = new FakeTimeProvider();
        await using var server = await StubServer.StartAsync(async context =>
        {
            if (beginsToAnswer) await context.Response.WriteAsync("{\"response\":");
            asked.SetResult();
            await StubServer.UntilClientLeavesAsync(context);
        });
        using var client = new HttpKeyDirectory(server.Options with { Clock = clock, Timeout = TimeSpan.FromSeconds(3) });
        var lookup = client.LookUpAsync(Amy, CancellationToken.None);
        await asked.Task.WaitAsync(Patience.Limit);
        clock.Advance(TimeSpan.FromSeconds(3));
        var result = Assert.IsType<LookupResult.Unavailable>(await lookup.WaitAsync(Patience.Limit));
        Assert.Equal($"{server.Address.Authority} did not answer within 3 s", result.Detail);
    }

    [Fact]
    public async Task Stops_when_the_caller_does()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await StubServer.StartAsync(async context =>
        {
            await stop.CancelAsync();
            await StubServer.UntilClientLeavesAsync(context);
        });
        using var client = server.Client();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.LookUpAsync(Amy, stop.Token).WaitAsync(Patience.Limit));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reads_no_more_than_a_directory_ever_answers(bool saysItsLength)
    {
        await using var server = await StubServer.StartAsync(async context =>
        {
            if (saysItsLength) context.Response.ContentLength = 1L << 40;
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(new byte[4096]);
        });
        using var client = server.Client();
        Assert.IsType<LookupResult.Untrusted>(await client.LookUpAsync(Amy, CancellationToken.None).WaitAsync(Patience.Limit));
    }

    [Fact]
    public async Task Says_that_nobody_listens()
    {
        Uri address;
        await using (var server = await StubServer.AnsweringAsync(404, "")) address = server.Address;
        using var client = new HttpKeyDirectory(new HttpKeyDirectoryOptions(address, TestKeys.OriginalDirectory));
        var result = Assert.IsType<LookupResult.Unavailable>(await client.LookUpAsync(Amy, CancellationToken.None));
        Assert.StartsWith($"cannot connect to {address.Authority}", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_an_answer_that_breaks_off_for_none()
    {
        await using var server = await StubServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("{\"response\":");
            context.Abort();
        });
        using var client = server.Client();
        Assert.IsType<LookupResult.Unavailable>(await client.LookUpAsync(Amy, CancellationToken.None));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", false)]
    [InlineData("http://localhost:8080", false)]
    [InlineData("https://keys.example.org", false)]
    [InlineData("http://keys.example.org", true)]
    public void Knows_when_names_travel_in_the_clear(string address, bool exposed)
    {
        using var client = new HttpKeyDirectory(new HttpKeyDirectoryOptions(new Uri(address), TestKeys.OriginalDirectory));
        Assert.Equal(exposed, client.IsExposed);
    }

    [Theory]
    [InlineData("ftp://keys.example.org")]
    [InlineData("https://user:secret@keys.example.org")]
    [InlineData("https://keys.example.org/?x=1")]
    public void Refuses_an_address_of_no_directory(string address) =>
        Assert.Throws<ArgumentException>(() => new HttpKeyDirectory(new HttpKeyDirectoryOptions(new Uri(address), TestKeys.OriginalDirectory)));

    [Fact]
    public void Says_that_the_key_of_the_directory_is_none()
    {
        var error = Assert.Throws<KeyException>(() => new HttpKeyDirectory(new HttpKeyDirectoryOptions(new Uri("https://keys.example.org"), "no key")));
        Assert.Contains("directory", error.Message, StringComparison.Ordinal);
    }
}
