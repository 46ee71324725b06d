using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.FrontEnd.Rest.Api;
using NesActors.FrontEnd.Rest.Sending;
using NesActors.Records;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

/// <summary>What becomes of a message that cannot be sent.</summary>
public sealed class SendFailureTests
{
    private static readonly RecordProof Proof = new(default, 2, RecordStatus.Revoked, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, default);

    [RealPartFact(GatewayLab.Program)]
    public async Task Tells_what_the_key_directory_says_of_a_recipient()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");
        lab.Directory.Answers("revoked", new LookupResult.Revoked(Username.Parse("revoked"), Proof));
        lab.Directory.Answers("deleted", new LookupResult.Deleted(Username.Parse("deleted"), Proof));
        lab.Directory.Answers("forged", new LookupResult.Untrusted("the signature is wrong"));

        var unknown = await client.SendTextAsync("nobody", "hello", "?wait=published").ProblemAsync(HttpStatusCode.NotFound, "unknown_user");
        await client.SendTextAsync("revoked", "hello", "?wait=published").ProblemAsync(HttpStatusCode.Conflict, "keys_revoked");
        await client.SendTextAsync("deleted", "hello", "?wait=delivered").ProblemAsync(HttpStatusCode.NotFound, "user_deleted");
        var forged = await client.SendTextAsync("forged", "hello", "?wait=published&withdraw=true").ProblemAsync(HttpStatusCode.Conflict, "untrusted_keys");

        Assert.Equal("nobody", unknown.Text("to"));
        Assert.EndsWith(": the signature is wrong.", forged.Text("detail"), StringComparison.Ordinal);
        var state = await client.GetAsync($"/v1/messages/{unknown.Text("message_id")}").JsonAsync();
        Assert.Equal(("failed", "unknown_user"), (state.Text("state"), state.Text("failure")));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Sends_nothing_under_changed_keys_until_the_person_has_decided()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        var client = await gateway.AsAsync("alice", "send", "admin");
        await client.SendTextAsync("bob", "hello", "?wait=published").JsonAsync(HttpStatusCode.Accepted);
        await lab.ChangeKeysAsync("bob", seenBy: "alice");

        var problem = await client.SendTextAsync("bob", "hello?", "?wait=published").ProblemAsync(HttpStatusCode.Conflict, "key_changed");
        await client.PostAsync("/v1/contacts/bob/trust", Answers.Json(new { fingerprint = lab["bob"].Messenger.MyFingerprint.Value })).JsonAsync();

        Assert.NotNull(problem.Text("message_id"));
        await client.SendTextAsync("bob", "hello!", "?wait=published").JsonAsync(HttpStatusCode.Accepted);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Sends_nothing_to_somebody_who_is_blocked()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send", "admin");
        await client.PostAsync("/v1/contacts/bob/block", null).JsonAsync();

        await client.SendTextAsync("bob", "hello", "?wait=published").ProblemAsync(HttpStatusCode.Conflict, "blocked");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Without_a_directory_a_message_waits_or_is_taken_back()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");
        lab.Directory.Answers("bob", new LookupResult.Unavailable("the directory is down"));

        var waiting = (await client.SendTextAsync("bob", "hello", "?wait=published&timeout=1").JsonAsync(HttpStatusCode.Accepted)).OneMessage();
        await client.SendTextAsync("bob", "hello", "?wait=published&timeout=1&withdraw=true").ProblemAsync(HttpStatusCode.ServiceUnavailable, "withdrawn");
        lab.Directory.Answers("dave", new LookupResult.Unavailable("the directory is down"));
        var problem = await client.SendTextAsync("dave", "hello", "?wait=published&timeout=1&withdraw=true").ProblemAsync(HttpStatusCode.ServiceUnavailable, "directory_unavailable");

        Assert.Equal("queued", waiting.Text("state"));
        Assert.Contains("the directory is down", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("failed", (await client.GetAsync($"/v1/messages/{problem.Text("message_id")}").JsonAsync()).Text("state"));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Without_a_broker_a_message_waits_or_is_taken_back()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");
        await lab.Broker.DisposeAsync();
        await lab["alice"].EventAsync<ConnectionChanged>(change => change.State == ConnectionState.Reconnecting);

        var unasked = (await client.SendTextAsync("bob", "hello").JsonAsync(HttpStatusCode.Accepted)).OneMessage();
        var waiting = (await client.SendTextAsync("bob", "hello", "?wait=published&timeout=1").JsonAsync(HttpStatusCode.Accepted)).OneMessage();
        var problem = await client.SendTextAsync("bob", "hello", "?wait=published&timeout=1&withdraw=true").ProblemAsync(HttpStatusCode.ServiceUnavailable, "broker_unavailable");
        var several = await client.SendTextAsync(new[] { "bob", "carol" }, "hello", "?wait=published&timeout=1&withdraw=true").JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal(("queued", "queued"), (unasked.Text("state"), waiting.Text("state")));
        Assert.Equal("failed", (await client.GetAsync($"/v1/messages/{problem.Text("message_id")}").JsonAsync()).Text("state"));
        Assert.All(several.GetProperty("messages").EnumerateArray(), one => Assert.Equal(("failed", "broker_unavailable"), (one.Text("state"), one.Text("failure"))));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Whoever_goes_away_takes_back_what_was_to_be_taken_back()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");
        await lab.Broker.DisposeAsync();
        await lab["alice"].EventAsync<ConnectionChanged>(change => change.State == ConnectionState.Reconnecting);
        using var leaving = new CancellationTokenSource();

        var asked = client.PostAsync("/v1/messages?wait=published&timeout=300&withdraw=true", Answers.Json(new { to = "bob", text = "hello" }), leaving.Token);
        await lab["alice"].EventAsync<MessageStateChanged>(changed => changed.Message.State == MessageState.Queued);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        var failed = await lab["alice"].EventAsync<MessageStateChanged>(changed => changed.Message.State == MessageState.Failed);
        Assert.Equal(SendFailure.BrokerUnavailable, failed.Message.Failure);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_gateway_that_ends_answers_those_who_wait()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        using var client = gateway.BySocket("alice");
        await lab.Broker.DisposeAsync();
        await lab["alice"].EventAsync<ConnectionChanged>(change => change.State == ConnectionState.Reconnecting);

        var waiting = client.SendTextAsync("bob", "one", "?wait=published&timeout=300");
        var takenBack = client.SendTextAsync("carol", "two", "?wait=published&timeout=300&withdraw=true");
        await lab["alice"].EventAsync<MessageStateChanged>(changed => changed.Message.Text == "one");
        await lab["alice"].EventAsync<MessageStateChanged>(changed => changed.Message.Text == "two");
        await gateway.DisposeAsync();

        Assert.Equal("queued", (await waiting.JsonAsync(HttpStatusCode.Accepted)).OneMessage().Text("state"));
        await takenBack.ProblemAsync(HttpStatusCode.ServiceUnavailable, "broker_unavailable");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task What_the_broker_refuses_is_said_so()
    {
        await using var lab = await GatewayLab.StartAsync(new MosquittoOptions { Acl = ["topic readwrite nes/alice/#"] }, "alice");
        lab.Directory.Shows("bob");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");

        await client.SendTextAsync("bob", "hello", "?wait=published").ProblemAsync(HttpStatusCode.BadGateway, "broker_refused");
    }

    [Fact]
    public void Each_failure_has_a_code_and_the_id_of_its_message()
    {
        var told = Enum.GetValues<SendFailure>().Where(failure => failure != SendFailure.None)
            .Select(failure => Assert.IsType<ProblemHttpResult>(SendProblems.Of(new SendResult("id", "bob", MessageState.Failed, failure, "why")))).ToList();

        Assert.Equal(told.Count, told.Select(problem => problem.ProblemDetails.Extensions["code"]).Distinct().Count());
        Assert.All(told, problem => Assert.Equal(("id", "bob"), (problem.ProblemDetails.Extensions["message_id"], problem.ProblemDetails.Extensions["to"])));
        Assert.All(told, problem => Assert.InRange(problem.StatusCode, 400, 503));
        Assert.All(told, problem => Assert.EndsWith(": why.", problem.ProblemDetails.Detail, StringComparison.Ordinal));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_session_that_ends_while_somebody_waits_names_what_may_be_written_down()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");
        await lab.Broker.DisposeAsync();
        await lab["alice"].EventAsync<ConnectionChanged>(change => change.State == ConnectionState.Reconnecting);
        var waiting = client.SendTextAsync("bob", "hello", "?wait=published&timeout=300");
        var queued = await lab["alice"].EventAsync<MessageStateChanged>(_ => true);

        await lab.LeaveAsync("alice");

        var problem = await waiting.ProblemAsync(HttpStatusCode.ServiceUnavailable, "session_unavailable");
        Assert.Contains(queued.Message.Id.ToString(), problem.Text("detail"), StringComparison.Ordinal);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_session_that_has_ended_is_said_so()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync(request => request with { Identities = [request.Identities[0] with { Messenger = DeafMessenger.Of(lab["alice"].Messenger) }] }, "alice");
        var client = await gateway.AsAsync("alice", "send");
        await lab.LeaveAsync("alice");

        await client.SendTextAsync("bob", "hello").ProblemAsync(HttpStatusCode.ServiceUnavailable, "session_unavailable");
    }
}
