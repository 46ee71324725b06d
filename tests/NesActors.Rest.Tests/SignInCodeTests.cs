using System.Net;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Rest.Access;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

public sealed class SignInCodeTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(60));

    [RealPartFact(GatewayLab.Program)]
    public async Task A_link_signs_in_once()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await ServeAsync(lab, "alice", "bob");
        var (address, code) = LinkOf(gateway);

        var made = await SignInAsync(gateway, code).JsonAsync(HttpStatusCode.Created);

        Assert.Equal(gateway.Address, address);
        var token = made.GetProperty("token");
        Assert.Equal("page", token.Text("name"));
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromDays(30), token.GetProperty("expires_at").GetDateTimeOffset());
        var client = gateway.With(made.Text("secret")!);
        var me = Assert.Single((await client.GetAsync("/v1/identities").JsonAsync()).GetProperty("identities").EnumerateArray());
        Assert.Equal("alice", me.Text("user"));
        Assert.Equal(["send", "read", "admin"], me.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        await SignInAsync(gateway, code).ProblemAsync(HttpStatusCode.Unauthorized, "invalid_code");
        _clock.Advance(TimeSpan.FromDays(30));
        await client.GetAsync("/v1/identities").ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Of_many_that_use_a_code_at_once_one_gets_in()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await ServeAsync(lab, "alice");
        var (_, code) = LinkOf(gateway);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => SignInAsync(gateway, code)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_code_is_of_no_use_after_five_minutes()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await ServeAsync(lab, "alice");
        var (_, code) = LinkOf(gateway);

        _clock.Advance(TimeSpan.FromMinutes(5));

        await SignInAsync(gateway, code).ProblemAsync(HttpStatusCode.Unauthorized, "invalid_code");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Who_guesses_codes_is_slowed_down_and_ends_the_code()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await ServeAsync(lab, "alice");
        var (_, code) = LinkOf(gateway);

        for (var guess = 0; guess < 20; guess++) await SignInAsync(gateway, $"{code[..^1]}*").ProblemAsync(HttpStatusCode.Unauthorized, "invalid_code");
        using var refused = await SignInAsync(gateway, "");
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(3)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
        for (var guess = 21; guess < SignInCodes.MaxWrong; guess++) await SignInAsync(gateway, "guess").ProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        _clock.Advance(TimeSpan.FromMinutes(1));

        await SignInAsync(gateway, code).ProblemAsync(HttpStatusCode.Unauthorized, "invalid_code");
        Assert.DoesNotContain(gateway.Log, line => line.Text.Contains(code, StringComparison.Ordinal));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Says_what_is_wrong_with_a_request()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var client = (await lab.ServeAsync("alice")).Anonymous();

        await client.PostAsync("/v1/sign-in", Answers.Json(new { code = "none" })).ProblemAsync(HttpStatusCode.Unauthorized, "invalid_code");
        await client.PostAsync("/v1/sign-in", Answers.Json(new { secret = "none" })).ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        await client.PostAsync("/v1/sign-in?code=none", Answers.Json(new { code = "none" })).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Without_being_asked_it_gives_no_link()
    {
        await using var lab = await GatewayLab.StartAsync("alice");

        Assert.DoesNotContain((await lab.ServeAsync("alice")).Running.Notices, notice => notice.Kind == "link");
        await Assert.ThrowsAsync<GatewayException>(() => lab.ServeAsync(request => request with { Network = null, Link = true }, "alice"));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_link_leads_to_where_a_browser_gets_an_answer()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var everywhere = new GatewayNetwork(new Uri("http://0.0.0.0:0")) { MayBePlain = true };

        var gateway = await lab.ServeAsync(request => request with { Network = everywhere, Link = true }, "alice");
        var (address, code) = LinkOf(gateway);
        using var client = new HttpClient { BaseAddress = address };
        await client.PostAsync("/v1/sign-in", Answers.Json(new { code })).JsonAsync(HttpStatusCode.Created);
        await gateway.DisposeAsync();

        var named = LinkOf(await lab.ServeAsync(request => request with { Network = everywhere with { Hosts = ["chat.example.org"] }, Link = true }, "alice"));
        Assert.Equal("chat.example.org", named.Address.Host);
    }

    private Task<LabGateway> ServeAsync(GatewayLab lab, params string[] users) => lab.ServeAsync(request => request with { Link = true, Clock = _clock }, users);

    private static (Uri Address, string Code) LinkOf(LabGateway gateway)
    {
        var parts = Assert.Single(gateway.Running.Notices, notice => notice.Kind == "link").Value.Split("#code=");
        return (new Uri(parts[0]), parts[1]);
    }

    private static Task<HttpResponseMessage> SignInAsync(LabGateway gateway, string code) => gateway.Anonymous().PostAsync("/v1/sign-in", Answers.Json(new { code }));
}
