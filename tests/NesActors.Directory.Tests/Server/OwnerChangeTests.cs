using System.Net;
using NesActors.Directory.Tests.Support;
using NesActors.Records;

namespace NesActors.Directory.Tests.Server;

public abstract class OwnerChangeSpec(Database database) : ServerSpec(database)
{
    private const string Keys = "users/amy/keys";

    [SkippableFact]
    public async Task Puts_new_keys_behind_the_old_ones()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        var first = await Directory.RecordAsync("amy");
        Directory.Clock.Advance(TimeSpan.FromMinutes(1));

        using var response = await Directory.SendAsync("PUT", Keys, amy.Change(first, Directory.Owner("ben")));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.True(RecordAnswer.TryRead(body)!.Fresh!.IsFor(RecordAnswer.TryRead(body)!.Response.Span, amy.Directory, Directory.Server.FreshKey));
        var second = OwnerClient.Read(body);
        Assert.Equal(second, await Directory.RecordAsync("amy"));
        Assert.Equal((2, RecordStatus.Active, first.Hash()), (second.Rev, second.Status, second.Prev!.Value));
        Assert.Equal((TestKeys.Message("ben"), TestKeys.Sign("ben")), (second.MessageKey, second.SignKey));
        Assert.Equal(first.Since + TimeSpan.FromMinutes(1), second.Since);
    }

    [SkippableFact]
    public async Task Takes_each_change_once()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        var (first, ben) = (await Directory.RecordAsync("amy"), Directory.Owner("ben"));
        var change = amy.Change(first, ben);
        (await Directory.SendAsync("PUT", Keys, change)).Dispose();
        await Directory.SendAsync("PUT", Keys, change).ShouldBeAsync(HttpStatusCode.Conflict, "record has changed");
        (await Directory.SendAsync("PUT", Keys, ben.Change(await Directory.RecordAsync("amy"), amy))).Dispose();
        Assert.Equal(3, (await Directory.RecordAsync("amy")).Rev);
        await Directory.SendAsync("PUT", Keys, change).ShouldBeAsync(HttpStatusCode.Conflict, "record has changed");
    }

    [SkippableFact]
    public async Task Of_racing_changes_one_wins()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        var first = await Directory.RecordAsync("amy");
        var changes = Enumerable.Range(0, 12).Select(i => amy.Change(first, Directory.Owner(i % 2 == 0 ? "ben" : "cat3072"))).ToArray();
        var statuses = await Task.WhenAll(changes.Select(async change =>
        {
            using var response = await Directory.SendAsync("PUT", Keys, change);
            return response.StatusCode;
        }));
        Assert.Single(statuses, HttpStatusCode.OK);
        Assert.Equal(11, statuses.Count(status => status == HttpStatusCode.Conflict));
        Assert.Equal(2, (await Directory.HistoryAsync("amy")).Last);
    }

    [SkippableFact]
    public async Task A_change_and_a_revocation_that_race_leave_one_after_the_other_or_one_alone()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        var first = await Directory.RecordAsync("amy");
        var responses = await Task.WhenAll(
            Directory.SendAsync("PUT", Keys, amy.Change(first, Directory.Owner("ben"))), Directory.SendAsync("POST", "users/amy/revoke", amy.Revocation("amy")));
        Assert.Single(responses, response => response.StatusCode == HttpStatusCode.OK);
        Assert.Equal(2, (await Directory.HistoryAsync("amy")).Last);
        foreach (var response in responses) response.Dispose();
    }

    [SkippableFact]
    public async Task Refuses_a_change_that_one_of_the_owners_did_not_sign()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        var (first, ben) = (await Directory.RecordAsync("amy"), Directory.Owner("ben"));
        foreach (var member in (string[])["signature_old", "signature_new"])
        {
            var change = amy.Change(first, ben);
            change[member] = Directory.Owner("cat3072").Change(first, Directory.Owner("cat3072"))[member]!.GetValue<string>();
            await Directory.SendAsync("PUT", Keys, change).ShouldBeAsync(HttpStatusCode.Forbidden, "signature verification error");
        }
        Assert.Equal(first, await Directory.RecordAsync("amy"));
    }

    [SkippableFact]
    public async Task Refuses_keys_that_are_none_or_one_for_both_uses()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        var change = amy.Change(await Directory.RecordAsync("amy"), Directory.Owner("ben"));
        change["public_key_message"] = "no key";
        await Directory.SendAsync("PUT", Keys, change).ShouldBeAsync(HttpStatusCode.BadRequest, "decode key error");
        change["public_key_message"] = TestKeys.Sign("ben");
        await Directory.SendAsync("PUT", Keys, change).ShouldBeAsync(HttpStatusCode.BadRequest, "both public keys are identical");
    }

    [SkippableFact]
    public async Task Revokes_keys()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        await Directory.SendAsync("POST", "users/amy/revoke", amy.Revocation("amy")).ShouldBeAsync(HttpStatusCode.OK, "user revoked");

        await Directory.GetAsync("users/amy").ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        var last = (await Directory.HistoryAsync("amy")).Records()[^1];
        Assert.Equal((2, RecordStatus.Revoked, null, null), (last.Rev, last.Status, last.MessageKey, last.SignKey));
        await Directory.SendAsync("POST", "users/amy/revoke", amy.Revocation("amy")).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        await Directory.SendAsync("PUT", Keys, amy.Change(last, Directory.Owner("ben"))).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        await Directory.RegisterAsync("amy", keysOf: "ben").ShouldBeAsync(HttpStatusCode.BadRequest, "user already exist");
    }

    [SkippableFact]
    public async Task A_revocation_made_with_the_keys_is_good_until_they_change()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        var (made, ben) = (amy.Revocation("amy"), Directory.Owner("ben"));
        (await Directory.SendAsync("PUT", Keys, amy.Change(await Directory.RecordAsync("amy"), ben))).Dispose();
        await Directory.SendAsync("POST", "users/amy/revoke", made).ShouldBeAsync(HttpStatusCode.Forbidden, "signature verification error");
        (await Directory.SendAsync("PUT", Keys, ben.Change(await Directory.RecordAsync("amy"), amy))).Dispose();
        await Directory.SendAsync("POST", "users/amy/revoke", made).ShouldBeAsync(HttpStatusCode.OK, "user revoked");
    }

    [SkippableFact]
    public async Task Deletes_by_key_and_never_gives_the_name_away()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        var first = await Directory.RecordAsync("amy");
        var deletion = amy.Deletion(first);
        await Directory.SendAsync("DELETE", "users/amy", deletion).ShouldBeAsync(HttpStatusCode.OK, "user deleted");

        await Directory.GetAsync("users/amy").ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        await Directory.SendAsync("DELETE", "users/amy", deletion).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        await Directory.RegisterAsync("amy").ShouldBeAsync(HttpStatusCode.BadRequest, "user already exist");
        var history = await Directory.HistoryAsync("amy");
        Assert.Equal([RecordOrigin.Registration, RecordOrigin.Deletion], history.Entries.Select(entry => entry.Origin));
        Assert.Equal([first.SignKey, null], history.Records().Select(record => record.SignKey));
        Assert.DoesNotContain("somebody@example.org", await Directory.StopAndReadDatabaseAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Deletes_by_the_newest_record_alone()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        var deletion = amy.Deletion(await Directory.RecordAsync("amy"));
        var ben = Directory.Owner("ben");
        (await Directory.SendAsync("PUT", Keys, amy.Change(await Directory.RecordAsync("amy"), ben))).Dispose();
        await Directory.SendAsync("DELETE", "users/amy", deletion).ShouldBeAsync(HttpStatusCode.Conflict, "record has changed");
        var second = await Directory.RecordAsync("amy");
        await Directory.SendAsync("DELETE", "users/amy", amy.Deletion(second)).ShouldBeAsync(HttpStatusCode.Forbidden, "signature verification error");
        await Directory.SendAsync("DELETE", "users/amy", ben.Deletion(second)).ShouldBeAsync(HttpStatusCode.OK, "user deleted");
    }

    [SkippableTheory]
    [InlineData("PUT", "users/amy/keys")]
    [InlineData("POST", "users/amy/revoke")]
    [InlineData("DELETE", "users/amy")]
    public async Task Knows_nobody_who_is_not_there(string method, string path)
    {
        var amy = Directory.Owner("amy");
        var record = new DirectoryRecord(amy.Directory, OwnerClient.Name("amy"), 1, RecordStatus.Active, Directory.Clock.GetUtcNow()) { MessageKey = amy.MessageKey, SignKey = amy.SignKey };
        var body = method switch { "PUT" => amy.Change(record, Directory.Owner("ben")), "POST" => amy.Revocation("amy"), _ => amy.Deletion(record) };
        await Directory.SendAsync(method, path, body).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
    }
}

public sealed class OwnerChangeTests() : OwnerChangeSpec(Database.Sqlite);

public sealed class PostgresOwnerChangeTests() : OwnerChangeSpec(Database.Postgres);
