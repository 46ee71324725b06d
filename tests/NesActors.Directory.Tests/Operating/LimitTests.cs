using System.Net;
using NesActors.Directory.Limits;
using NesActors.Directory.Mail;
using NesActors.Directory.Tests.Support;
using NesActors.Records;
using NesActors.Testing;

namespace NesActors.Directory.Tests.Operating;

public sealed class LimitTests
{
    private const string TooMany = "too many requests, try again later";

    private static readonly IPNetwork Loopback = IPNetwork.Parse("127.0.0.1/32");

    [Fact]
    public async Task Look_ups_beyond_the_burst_are_told_when_to_come_again()
    {
        await using var directory = await StartAsync("lookups=1/min:3");
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.NotFound, await GetAsync(directory, "users/nobody"));
        using var refused = await directory.Http.GetAsync(new Uri("users/nobody", UriKind.Relative));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(1), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(TooMany, await refused.Content.ReadAsStringAsync());
        Assert.True(refused.Headers.Contains("Content-Security-Policy"));
        directory.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(directory, "users/nobody"));
    }

    [Theory]
    [InlineData("proofs=1/h:1", "GET", "users/nobody?proof=1")]
    [InlineData("registrations=1/d", "POST", "users")]
    [InlineData("changes=1/h", "PUT", "users/nobody/keys")]
    [InlineData("changes=1/h", "POST", "users/nobody/revoke")]
    [InlineData("changes=1/h", "POST", "users/nobody/recovery")]
    [InlineData("changes=1/h", "POST", "users/nobody/recovery/veto")]
    [InlineData("changes=1/h", "DELETE", "users/nobody")]
    [InlineData("statements=1/h", "PUT", "users/nobody/statement")]
    [InlineData("links=1/h", "POST", "users/nobody/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Each_kind_of_request_has_a_limit_of_its_own(string limits, string method, string path)
    {
        await using var directory = await StartAsync(limits);
        using var first = await SendAsync(directory, method, path);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, first.StatusCode);
        using var second = await SendAsync(directory, method, path);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(directory, "users/nobody"));
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_each_client_has_its_own()
    {
        await using var directory = await StartAsync("lookups=1/h:1", Loopback);
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(directory, "users/nobody", "192.0.2.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await GetAsync(directory, "users/nobody", "192.0.2.1"));
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(directory, "users/nobody", "192.0.2.2"));
        // What stands before the entry of the proxy is the client's own invention.
        Assert.Equal(HttpStatusCode.TooManyRequests, await GetAsync(directory, "users/nobody", "198.51.100.7, 192.0.2.1"));
    }

    [Fact]
    public async Task Without_a_trusted_proxy_nobody_can_pretend_to_be_another()
    {
        await using var directory = await StartAsync("lookups=1/h:1");
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(directory, "users/nobody", "192.0.2.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await GetAsync(directory, "users/nobody", "192.0.2.2"));
    }

    [Fact]
    public async Task Https_in_front_is_told_only_by_a_trusted_proxy()
    {
        await using var trusting = await StartAsync("on", Loopback);
        await using var alone = await StartAsync("on");
        Assert.True((await ForwardedAsync(trusting)).Headers.Contains("Strict-Transport-Security"));
        Assert.False((await ForwardedAsync(alone)).Headers.Contains("Strict-Transport-Security"));

        static Task<HttpResponseMessage> ForwardedAsync(TestDirectory directory)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "users/nobody");
            request.Headers.Add("X-Forwarded-For", "192.0.2.1");
            request.Headers.Add("X-Forwarded-Proto", "https");
            return directory.Http.SendAsync(request);
        }
    }

    [Fact]
    public async Task Without_limits_nobody_is_refused()
    {
        await using var directory = await TestDirectory.StartAsync();
        for (var i = 0; i < 500; i++) Assert.Equal(HttpStatusCode.NotFound, await GetAsync(directory, "users/nobody"));
    }

    [Fact]
    public async Task Mails_to_one_address_are_limited_and_the_name_stays_free()
    {
        await using var directory = await TestDirectory.StartAsync(ActivationMode.Mail, configure: options => options with
        {
            Limits = LimitOptions.Parse("mails=1/d:1"),
            // Nobody listens there: the mails wait.
            Mail = new MailOptions { Host = "127.0.0.1", Port = FreePort.Next(), From = "keys@example.org" },
        });
        await directory.RegisterAsync("amy", email: "amy@example.org").ShouldBeAsync(HttpStatusCode.Created, "user created");
        using (var refused = await directory.RegisterAsync("ann", keysOf: "ben", email: "AMY@example.org"))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Equal(TimeSpan.FromDays(1), refused.Headers.RetryAfter?.Delta);
            Assert.Equal("too many mails to this address, try again later", await refused.Content.ReadAsStringAsync());
        }
        await directory.RegisterAsync("ann", keysOf: "ben", email: "ann@example.org").ShouldBeAsync(HttpStatusCode.Created, "user created");
    }

    [Fact]
    public async Task A_name_has_a_limit_of_its_own_whoever_asks_and_nobody_else_uses_it_up()
    {
        await using var directory = await StartAsync("statements=2/h:2", Loopback);
        var amy = await directory.OwnerOfAsync("amy");
        var record = await directory.RecordAsync("amy");
        // Each comes from an address of its own.
        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.Forbidden, await PublishAsync(directory, directory.Owner("ben"), record, 1, $"192.0.2.{i}"));
        Assert.Equal(HttpStatusCode.OK, await PublishAsync(directory, amy, record, 1, "192.0.2.11"));
        Assert.Equal(HttpStatusCode.OK, await PublishAsync(directory, amy, record, 2, "192.0.2.12"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await PublishAsync(directory, amy, record, 3, "192.0.2.13"));
        // What is there already costs nothing.
        Assert.Equal(HttpStatusCode.OK, await PublishAsync(directory, amy, record, 2, "192.0.2.14"));
        directory.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(HttpStatusCode.OK, await PublishAsync(directory, amy, record, 3, "192.0.2.15"));
    }

    [Fact]
    public async Task Many_changes_at_once_all_end_or_are_told_to_come_again()
    {
        await using var directory = await StartAsync("waiting=1,registrations=1000/s");
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(async number =>
        {
            using var answer = await directory.RegisterAsync($"user-{number}");
            return answer.StatusCode;
        }));
        Assert.Single(answers, HttpStatusCode.Created);
        Assert.All(answers, status => Assert.Contains(status, (HttpStatusCode[])[HttpStatusCode.Created, HttpStatusCode.BadRequest, HttpStatusCode.ServiceUnavailable]));
    }

    private static Task<TestDirectory> StartAsync(string limits, params IPNetwork[] proxies) => TestDirectory.StartAsync(
        configure: options => options with { Limits = LimitOptions.Parse(limits), TrustedProxies = proxies });

    private static async Task<HttpStatusCode> PublishAsync(TestDirectory directory, TestOwner owner, DirectoryRecord record, long revision, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "users/amy/statement")
        {
            Content = new StringContent(owner.Publication(record, "nes2", $"number {revision}", revision).ToJsonString()),
        };
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        using var answer = await directory.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> GetAsync(TestDirectory directory, string path, string? forwardedFor = null)
    {
        using var answer = await SendAsync(directory, "GET", path, forwardedFor);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(TestDirectory directory, string method, string path, string? forwardedFor = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (forwardedFor is not null) request.Headers.Add("X-Forwarded-For", forwardedFor);
        return await directory.Http.SendAsync(request);
    }
}
