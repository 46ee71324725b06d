using System.Net;
using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

/// <summary>Safety numbers, and keys that change.</summary>
public sealed class VerificationTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task Two_people_see_the_same_number_and_mark_each_other()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice", "bob");
        using var alice = gateway.BySocket("alice");
        using var bob = gateway.BySocket("bob");
        await alice.SendTextAsync("bob", "hello", "?wait=published").JsonAsync(HttpStatusCode.Accepted);
        await bob.SendTextAsync("alice", "hello", "?wait=published").JsonAsync(HttpStatusCode.Accepted);

        var seen = await alice.GetAsync("/v1/contacts/bob/verify").JsonAsync();
        var other = await bob.GetAsync("/v1/contacts/alice/verify").JsonAsync();
        var marked = await alice.PutAsync("/v1/contacts/bob/verify", Answers.Json(new { safety_number = other.Text("groups") })).JsonAsync();

        Assert.Equal(seen.Text("safety_number"), other.Text("safety_number"));
        Assert.Matches(@"^\d{60}$", seen.Text("safety_number"));
        // Version 2 and the quiet zone of four around; the upper left finder pattern begins behind that.
        var qr = seen.GetProperty("qr").EnumerateArray().Select(row => row.GetString()!).ToList();
        Assert.Equal(33, qr.Count);
        Assert.All(qr, row => Assert.Matches("^[01]{33}$", row));
        Assert.Equal([new string('0', 33), "000011111110", "000010000010", "000010111010"], [qr[3], qr[4][..12], qr[5][..12], qr[6][..12]]);
        Assert.Equal(seen.Text("safety_number"), seen.Text("groups")!.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal((seen.Text("fingerprint"), seen.Text("my_fingerprint")), (other.Text("my_fingerprint"), other.Text("fingerprint")));
        Assert.Equal((false, true), (seen.GetProperty("verified").GetBoolean(), marked.GetProperty("verified").GetBoolean()));
        Assert.True((await alice.GetAsync("/v1/contacts/bob").JsonAsync()).GetProperty("verified").GetBoolean());
        await alice.DeleteAsync("/v1/contacts/bob/verify").EmptyAsync();
        Assert.False((await alice.GetAsync("/v1/contacts/bob").JsonAsync()).GetProperty("verified").GetBoolean());
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Another_number_marks_nobody()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        using var alice = (await lab.ServeAsync("alice")).BySocket("alice");
        await alice.SendTextAsync("bob", "hello", "?wait=published").JsonAsync(HttpStatusCode.Accepted);

        await alice.PutAsync("/v1/contacts/bob/verify", Answers.Json(new { safety_number = new string('7', 60) })).ProblemAsync(HttpStatusCode.Conflict, "safety_number_differs");

        foreach (var typed in new[] { "", "777", new string('7', 61), new string('x', 60) })
            await alice.PutAsync("/v1/contacts/bob/verify", Answers.Json(new { safety_number = typed })).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        await alice.PutAsync("/v1/contacts/bob/verify", Answers.Json(new { number = "7" })).ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        await alice.PutAsync("/v1/contacts/bob/verify", null).ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.False((await alice.GetAsync("/v1/contacts/bob").JsonAsync()).GetProperty("verified").GetBoolean());
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Without_keys_there_is_nothing_to_compare()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        using var alice = (await lab.ServeAsync("alice")).BySocket("alice");
        await alice.PostAsync("/v1/contacts/bob/accept", null).JsonAsync();
        var number = Answers.Json(new { safety_number = new string('7', 60) });

        await alice.GetAsync("/v1/contacts/bob/verify").ProblemAsync(HttpStatusCode.Conflict, "keys_unseen");
        await alice.PutAsync("/v1/contacts/bob/verify", number).ProblemAsync(HttpStatusCode.Conflict, "keys_unseen");
        await alice.DeleteAsync("/v1/contacts/bob/verify").ProblemAsync(HttpStatusCode.Conflict, "keys_unseen");
        await alice.PostAsync("/v1/contacts/bob/trust", Answers.Json(new { fingerprint = new string('7', 64) })).ProblemAsync(HttpStatusCode.Conflict, "fingerprint_differs");
        await alice.GetAsync("/v1/contacts/nobody/verify").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await alice.PostAsync("/v1/contacts/nobody/trust", Answers.Json(new { fingerprint = new string('7', 64) })).ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await alice.GetAsync("/v1/contacts/alice/verify").ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        await alice.GetAsync("/v1/contacts/bob/verify?qr=true").ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Asks_for_keys_that_were_never_seen_and_for_those_of_today()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        using var alice = (await lab.ServeAsync("alice")).BySocket("alice");
        lab.Directory.Shows("bob");
        lab.Directory.Answers("forged", new LookupResult.Untrusted("the signature is wrong"));
        lab.Directory.Answers("dave", new LookupResult.Unavailable("the directory is down"));

        var first = await alice.PostAsync("/v1/contacts/bob/look-up", null).JsonAsync();
        await alice.GetAsync("/v1/contacts/bob/verify").JsonAsync();
        lab.Directory.Shows("bob", "2");
        var changed = await alice.PostAsync("/v1/contacts/bob/look-up", null).JsonAsync();

        Assert.Equal(("pinned", "stranger"), (first.Text("trust"), first.Text("standing")));
        Assert.Equal(("changed", first.Text("fingerprint"), new PlainSuite.Peer(Username.Parse("bob"), "2").Fingerprint.Value), (changed.Text("trust"), changed.Text("fingerprint"), changed.Text("offered")));
        await alice.PostAsync("/v1/contacts/nobody/look-up", null).ProblemAsync(HttpStatusCode.NotFound, "unknown_user");
        await alice.PostAsync("/v1/contacts/forged/look-up", null).ProblemAsync(HttpStatusCode.Conflict, "untrusted_keys");
        var down = await alice.PostAsync("/v1/contacts/dave/look-up", null).ProblemAsync(HttpStatusCode.ServiceUnavailable, "directory_unavailable");
        Assert.EndsWith(": the directory is down.", down.Text("detail"), StringComparison.Ordinal);
        await alice.PostAsync("/v1/contacts/alice/look-up", null).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        await alice.PostAsync("/v1/contacts/Bob/look-up", null).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Changed_keys_are_accepted_by_their_fingerprint_and_are_not_verified()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        using var alice = gateway.BySocket("alice");
        await alice.SendTextAsync("bob", "hello", "?wait=published").JsonAsync(HttpStatusCode.Accepted);
        var old = await alice.GetAsync("/v1/contacts/bob/verify").JsonAsync();
        await alice.PutAsync("/v1/contacts/bob/verify", Answers.Json(new { safety_number = old.Text("safety_number") })).JsonAsync();
        await lab.ChangeKeysAsync("bob", seenBy: "alice");
        var keys = lab["bob"].Messenger.MyFingerprint.Value;
        using var bob = (await lab.ServeAsync("bob")).BySocket("bob");
        await bob.SendTextAsync("alice", "hello", "?wait=published").JsonAsync(HttpStatusCode.Accepted);
        var theirs = (await bob.GetAsync("/v1/contacts/alice/verify").JsonAsync()).Text("safety_number");

        var changed = await alice.GetAsync("/v1/contacts/bob").JsonAsync();
        var tooEarly = await alice.PutAsync("/v1/contacts/bob/verify", Answers.Json(new { safety_number = theirs })).ProblemAsync(HttpStatusCode.Conflict, "safety_number_differs");
        await alice.PostAsync("/v1/contacts/bob/trust", Answers.Json(new { fingerprint = new string('7', 64) })).ProblemAsync(HttpStatusCode.Conflict, "fingerprint_differs");
        foreach (var typed in new[] { "", keys[..15], keys + "0", "no digits at all" })
            await alice.PostAsync("/v1/contacts/bob/trust", Answers.Json(new { fingerprint = typed })).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        var trusted = await alice.PostAsync("/v1/contacts/bob/trust", Answers.Json(new { fingerprint = keys[..16].ToUpperInvariant() })).JsonAsync();
        var again = await alice.PostAsync("/v1/contacts/bob/trust", Answers.Json(new { fingerprint = keys })).JsonAsync();

        Assert.Equal(("changed", keys, true), (changed.Text("trust"), changed.Text("offered"), changed.GetProperty("verified").GetBoolean()));
        Assert.Contains("new keys", tooEarly.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(("pinned", keys, "person", false), (trusted.Text("trust"), trusted.Text("fingerprint"), trusted.Text("pinned_by"), trusted.GetProperty("verified").GetBoolean()));
        Assert.Equal(trusted.GetRawText(), again.GetRawText());
        await alice.PutAsync("/v1/contacts/bob/verify", Answers.Json(new { safety_number = theirs })).JsonAsync();
    }
}
