using System.Net;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

public sealed class TokenTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task A_token_belongs_to_one_identity()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice", "bob");

        var answer = await (await gateway.AsAsync("bob", "read")).GetAsync("/v1/identities").JsonAsync();

        var identity = Assert.Single(answer.GetProperty("identities").EnumerateArray());
        Assert.Equal("bob", identity.GetProperty("user").GetString());
        Assert.Equal(["read"], identity.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Without_a_token_nothing_is_told()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");

        await gateway.Anonymous().GetAsync("/v1/status").ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await gateway.With("nes_wrong").GetAsync("/v1/status").ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await (await gateway.AsAsync("alice", "send")).GetAsync("/v1/status").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task The_first_token_is_told_once()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");

        var notice = Assert.Single(gateway.Running.Notices, notice => notice.Kind == "token");
        var status = await gateway.With(notice.Value).GetAsync("/v1/status").JsonAsync();
        Assert.Equal("online", status.GetProperty("connection").GetString());
        await gateway.DisposeAsync();

        var again = await lab.ServeAsync("alice");

        Assert.DoesNotContain(again.Running.Notices, one => one.Kind == "token");
        await again.With(notice.Value).GetAsync("/v1/status").JsonAsync();
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_revoked_token_is_of_no_use()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        using var socket = gateway.BySocket("alice");
        var made = await socket.PostAsync("/v1/tokens", Answers.Json(new { name = "bot", scopes = new[] { "read" } })).JsonAsync(HttpStatusCode.Created);
        var client = gateway.With(made.GetProperty("secret").GetString()!);
        await client.GetAsync("/v1/status").JsonAsync();

        using var revoked = await socket.DeleteAsync($"/v1/tokens/{made.GetProperty("token").GetProperty("id").GetString()}");

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await client.GetAsync("/v1/status").ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Says_what_is_wrong_with_a_wish()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        using var socket = gateway.BySocket("alice");

        await socket.PostAsync("/v1/tokens", Answers.Json(new { name = "bot", scopes = new[] { "reed" } })).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        await socket.PostAsync("/v1/tokens", Answers.Json(new { name = "bot", scope = "read" })).ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        await socket.PostAsync("/v1/tokens", new StringContent("{")).ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        await socket.DeleteAsync("/v1/tokens/none").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await socket.GetAsync("/v1/nothing").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await socket.PutAsync("/v1/tokens", null).ProblemAsync(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
    }
}
