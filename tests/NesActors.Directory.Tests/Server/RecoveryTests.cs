using System.Net;
using System.Text.Json;
using Dapper;
using NesActors.Directory.Tests.Support;
using NesActors.Records;

namespace NesActors.Directory.Tests.Server;

public abstract class RecoverySpec(Database database) : ServerSpec(database, ActivationMode.Log)
{
    private const string Recovery = "users/amy/recovery";
    private const string Veto = "users/amy/recovery/veto";

    private TestOwner _amy = null!;
    private TestOwner _ben = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _amy = await Directory.OwnerOfAsync("amy", ActivationMode.Log);
        _ben = Directory.Owner("ben");
    }

    [SkippableFact]
    public async Task Replaces_lost_keys_72_hours_after_it_was_confirmed()
    {
        var first = await Directory.RecordAsync("amy");
        var (confirmation, _) = await Directory.RequestRecoveryAsync("amy", _ben);
        await Directory.Http.PostAsync(confirmation, null).ShouldBeAsync(HttpStatusCode.OK, "recovery confirmed");
        await CompleteAsync();

        var second = await Directory.RecordAsync("amy");
        Assert.Equal((2, first.Hash(), TestKeys.Sign("ben")), (second.Rev, second.Prev!.Value, second.SignKey));
        var entry = (await Directory.HistoryAsync("amy")).Entries[^1];
        Assert.Equal((RecordOrigin.Recovery, null, null), (entry.Origin, entry.SignatureOld, entry.SignatureNew));
        await Directory.GetAsync(Recovery).ShouldBeAsync(HttpStatusCode.NotFound, "no recovery");
        await Directory.Http.PostAsync(confirmation, null).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
    }

    [SkippableFact]
    public async Task Changes_nothing_before_that_time()
    {
        await ConfirmAsync();
        Directory.Clock.Advance(TimeSpan.FromHours(72) - TimeSpan.FromMinutes(1));
        await Directory.RestartAsync();
        Assert.Equal(1, (await Directory.RecordAsync("amy")).Rev);
        Directory.Clock.Advance(TimeSpan.FromMinutes(1));
        await Directory.RestartAsync();
        Assert.Equal(2, (await Directory.RecordAsync("amy")).Rev);
    }

    [SkippableFact]
    public async Task Tells_whoever_asks_what_waits()
    {
        await Directory.GetAsync(Recovery).ShouldBeAsync(HttpStatusCode.NotFound, "no recovery");
        var (confirmation, _) = await Directory.RequestRecoveryAsync("amy", _ben);
        using (var requested = await StateAsync())
        {
            Assert.Equal("requested", requested.RootElement.GetProperty("state").GetString());
            Assert.False(requested.RootElement.TryGetProperty("after", out _));
        }
        Directory.Clock.Advance(TimeSpan.FromHours(1));
        (await Directory.Http.PostAsync(confirmation, null)).Dispose();
        using var confirmed = await StateAsync();
        var json = confirmed.RootElement;
        Assert.Equal(("amy", "confirmed"), (json.GetProperty("user").GetString(), json.GetProperty("state").GetString()));
        Assert.Equal((Directory.Clock.GetUtcNow() + TimeSpan.FromHours(72)).ToUnixTimeMilliseconds(), json.GetProperty("after").GetInt64());
        Assert.Equal(_ben.Digests.Message.Hex, json.GetProperty("message_key").GetString());
        Assert.Equal(_ben.Digests.Sign.Hex, json.GetProperty("sign_key").GetString());
    }

    [SkippableFact]
    public async Task The_present_key_stops_it()
    {
        await ConfirmAsync();
        await Directory.SendAsync("POST", Veto, _amy.Veto("amy", _ben)).ShouldBeAsync(HttpStatusCode.OK, "recovery cancelled");
        await Directory.GetAsync(Recovery).ShouldBeAsync(HttpStatusCode.NotFound, "no recovery");
        await Directory.SendAsync("POST", Veto, _amy.Veto("amy", _ben)).ShouldBeAsync(HttpStatusCode.NotFound, "no recovery");
        Directory.Clock.Advance(TimeSpan.FromHours(100));
        await Directory.RestartAsync();
        Assert.Equal(1, (await Directory.RecordAsync("amy")).Rev);
    }

    [SkippableFact]
    public async Task Only_the_present_key_stops_it_and_only_what_it_names()
    {
        await ConfirmAsync();
        var cat = Directory.Owner("cat3072");
        foreach (var veto in new[] { _ben.Veto("amy", _ben), cat.Veto("amy", _ben), _amy.Veto("amy", cat), _amy.Veto("ben", _ben), _amy.Revocation("amy") })
            await Directory.SendAsync("POST", Veto, veto).ShouldBeAsync(HttpStatusCode.Forbidden, "signature verification error");
    }

    [SkippableFact]
    public async Task The_mail_s_second_link_stops_it_whether_confirmed_or_not()
    {
        var (_, cancellation) = await Directory.RequestRecoveryAsync("amy", _ben);
        await Directory.Http.PostAsync(cancellation, null).ShouldBeAsync(HttpStatusCode.OK, "recovery cancelled");
        await Directory.Http.PostAsync(cancellation, null).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        var (confirmation, second) = await Directory.RequestRecoveryAsync("amy", _ben);
        (await Directory.Http.PostAsync(confirmation, null)).Dispose();
        await Directory.Http.PostAsync(second, null).ShouldBeAsync(HttpStatusCode.OK, "recovery cancelled");
        await Directory.GetAsync(Recovery).ShouldBeAsync(HttpStatusCode.NotFound, "no recovery");
    }

    [SkippableFact]
    public async Task A_revoked_key_has_no_veto()
    {
        await Directory.SendAsync("POST", "users/amy/revoke", _amy.Revocation("amy")).ShouldBeAsync(HttpStatusCode.OK, "user revoked");
        await ConfirmAsync();
        await Directory.SendAsync("POST", Veto, _amy.Veto("amy", _ben)).ShouldBeAsync(HttpStatusCode.Forbidden, "signature verification error");
        await CompleteAsync();
        var record = await Directory.RecordAsync("amy");
        Assert.Equal((3, RecordStatus.Active, TestKeys.Sign("ben")), (record.Rev, record.Status, record.SignKey));
    }

    [SkippableFact]
    public async Task A_newer_request_takes_the_place_of_one_that_nobody_confirmed()
    {
        var (first, _) = await Directory.RequestRecoveryAsync("amy", _ben);
        var (second, _) = await Directory.RequestRecoveryAsync("amy", Directory.Owner("cat3072"));
        await Directory.Http.PostAsync(first, null).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        await Directory.Http.PostAsync(second, null).ShouldBeAsync(HttpStatusCode.OK, "recovery confirmed");
    }

    [SkippableFact]
    public async Task No_request_takes_the_place_of_a_confirmed_one()
    {
        await ConfirmAsync();
        await Directory.SendAsync("POST", Recovery, Directory.Owner("cat3072").Recovery("amy")).ShouldBeAsync(HttpStatusCode.Accepted, "check email");
        using var state = await StateAsync();
        Assert.Equal(_ben.Digests.Sign.Hex, state.RootElement.GetProperty("sign_key").GetString());
        Assert.Equal("confirmed", state.RootElement.GetProperty("state").GetString());
    }

    [SkippableFact]
    public async Task Links_that_nobody_followed_in_a_day_are_over()
    {
        var (confirmation, cancellation) = await Directory.RequestRecoveryAsync("amy", _ben);
        Directory.Clock.Advance(TimeSpan.FromHours(15));
        await Directory.Log.NextAsync("Removed 0 registrations");
        Directory.Clock.Advance(TimeSpan.FromHours(9));
        foreach (var link in (Uri[])[confirmation, cancellation])
        {
            await Directory.Http.PostAsync(link, null).ShouldBeAsync(HttpStatusCode.Gone, "recovery link expired");
            await Directory.Http.GetAsync(link).ShouldBeAsync(HttpStatusCode.Gone, "recovery link expired");
        }
        await Directory.GetAsync(Recovery).ShouldBeAsync(HttpStatusCode.NotFound, "no recovery");
        await Directory.SendAsync("POST", Veto, _amy.Veto("amy", _ben)).ShouldBeAsync(HttpStatusCode.NotFound, "no recovery");
        await Directory.RestartAsync();
        Assert.DoesNotContain(_ben.Digests.Sign.Hex, await Directory.StopAndReadDatabaseAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Answers_the_same_whether_or_not_there_is_such_a_user()
    {
        using var pending = await Directory.RegisterAsync("cat3072", keysOf: "cat3072");
        foreach (var name in (string[])["amy", "nobody", "cat3072"])
            await Directory.SendAsync("POST", $"users/{name}/recovery", _ben.Recovery(name)).ShouldBeAsync(HttpStatusCode.Accepted, "check email");
        Assert.Single(Directory.Log.All, line => line.Contains("to confirm the recovery", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Deleting_ends_it()
    {
        var (confirmation, _) = await Directory.RequestRecoveryAsync("amy", _ben);
        (await Directory.Http.PostAsync(confirmation, null)).Dispose();
        await Directory.SendAsync("DELETE", "users/amy", _amy.Deletion(await Directory.RecordAsync("amy"))).ShouldBeAsync(HttpStatusCode.OK, "user deleted");
        Directory.Clock.Advance(TimeSpan.FromHours(100));
        await Directory.RestartAsync();
        await Directory.GetAsync("users/amy").ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        await Directory.SendAsync("POST", Recovery, _ben.Recovery("amy")).ShouldBeAsync(HttpStatusCode.Accepted, "check email");
        await Directory.GetAsync(Recovery).ShouldBeAsync(HttpStatusCode.NotFound, "no recovery");
        Assert.DoesNotContain(_ben.Digests.Sign.Hex, await Directory.StopAndReadDatabaseAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Follows_keys_that_changed_while_it_waited()
    {
        await ConfirmAsync();
        var cat = Directory.Owner("cat3072");
        using (var changed = await Directory.SendAsync("PUT", "users/amy/keys", _amy.Change(await Directory.RecordAsync("amy"), cat)))
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        await Directory.SendAsync("POST", Veto, _amy.Veto("amy", _ben)).ShouldBeAsync(HttpStatusCode.Forbidden, "signature verification error");
        await CompleteAsync();
        Assert.Equal([1, 2, 3], (await Directory.HistoryAsync("amy")).Records().Select(record => record.Rev));
    }

    [SkippableFact]
    public async Task Forgets_one_whose_keys_another_name_has_by_then()
    {
        await ConfirmAsync();
        var other = new
        {
            username = "cat",
            email = "cat@example.org",
            public_key_message = TestKeys.Message("ben"),
            public_key_sign = TestKeys.Sign("cat3072"),
        };
        await Directory.RegisterAsync(other).ShouldBeAsync(HttpStatusCode.Created, "user created");
        var (activation, _) = await Directory.NextLinksAsync("For cat: to activate");
        await Directory.Http.PostAsync(activation, null).ShouldBeAsync(HttpStatusCode.OK, "user activated");
        Directory.Clock.Advance(TimeSpan.FromHours(72));
        await Directory.Log.NextAsync("amy is not recovered");
        Assert.Equal(1, (await Directory.RecordAsync("amy")).Rev);
        await Directory.GetAsync(Recovery).ShouldBeAsync(HttpStatusCode.NotFound, "no recovery");
    }

    [SkippableFact]
    public async Task Refuses_a_request_that_the_new_key_did_not_sign()
    {
        var request = _ben.Recovery("amy");
        foreach (var signature in new[] { _amy.Recovery("amy"), _ben.Recovery("ben"), _ben.Veto("amy", _ben) })
        {
            request["signature"] = signature["signature"]!.GetValue<string>();
            await Directory.SendAsync("POST", Recovery, request).ShouldBeAsync(HttpStatusCode.Forbidden, "signature verification error");
        }
    }

    private async Task ConfirmAsync()
    {
        var (confirmation, _) = await Directory.RequestRecoveryAsync("amy", _ben);
        await Directory.Http.PostAsync(confirmation, null).ShouldBeAsync(HttpStatusCode.OK, "recovery confirmed");
    }

    private async Task CompleteAsync()
    {
        Directory.Clock.Advance(TimeSpan.FromHours(72));
        await Directory.Log.NextAsync(": Recovery.");
    }

    private async Task<JsonDocument> StateAsync() => JsonDocument.Parse(await Directory.Http.GetStringAsync(new Uri(Recovery, UriKind.Relative)));
}

public sealed class RecoveryTests() : RecoverySpec(Database.Sqlite)
{
    [Fact]
    public async Task What_is_damaged_holds_up_no_other()
    {
        foreach (var (user, keys) in ((string, string)[])[("amy", "ben"), ("cat3072", "dan-4096")])
        {
            if (user != "amy") await Directory.OwnerOfAsync(user, ActivationMode.Log);
            var (confirmation, _) = await Directory.RequestRecoveryAsync(user, Directory.Owner(keys));
            await Directory.Http.PostAsync(confirmation, null).ShouldBeAsync(HttpStatusCode.OK, "recovery confirmed");
        }
        using (var database = Directory.OpenDatabase())
            database.Execute("UPDATE recoveries SET message_key = 'nonsense' WHERE user_id = (SELECT id FROM users WHERE name = 'amy')");

        Directory.Clock.Advance(TimeSpan.FromHours(72));
        await Directory.Log.NextAsync("cat3072 has record 2: Recovery.");
        Assert.Contains(Directory.Log.All, line => line.StartsWith("Error: amy is not recovered", StringComparison.Ordinal));
        Assert.Equal(1, (await Directory.RecordAsync("amy")).Rev);
    }

    [Fact]
    public async Task Needs_mail()
    {
        await using var directory = await TestDirectory.StartAsync();
        await directory.SendAsync("POST", "users/amy/recovery", directory.Owner("ben").Recovery("amy")).ShouldBeAsync(HttpStatusCode.Forbidden, "recovery needs mail");
    }
}

public sealed class PostgresRecoveryTests() : RecoverySpec(Database.Postgres);
