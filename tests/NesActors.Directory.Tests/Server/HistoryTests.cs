using System.Net;
using NesActors.Directory.Tests.Support;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Directory.Tests.Server;

public abstract class HistorySpec(Database database) : ServerSpec(database)
{
    [SkippableFact]
    public async Task Lists_every_record_page_by_page()
    {
        await ChangeAsync(count: 25);

        var (first, second, third) = (await Directory.HistoryAsync("amy"), await Directory.HistoryAsync("amy", after: 20), await Directory.HistoryAsync("amy", after: 26));

        Assert.Equal([26, 26, 26], new[] { first, second, third }.Select(page => page.Last));
        Assert.Equal([RecordHistory.PageSize, 6, 0], new[] { first, second, third }.Select(page => page.Entries.Count));
        var all = first.Records().Concat(second.Records()).ToArray();
        Assert.Equal(Enumerable.Range(1, 26).Select(rev => (long)rev), all.Select(record => record.Rev));
        Assert.Equal(all.SkipLast(1).Select(record => (Digest?)record.Hash()), all.Skip(1).Select(record => record.Prev));
        Assert.Equal(all[^1], await Directory.RecordAsync("amy"));
    }

    [SkippableFact]
    public async Task Lets_anybody_check_who_made_a_change()
    {
        await ChangeAsync(count: 1);
        var amy = Directory.Owner("amy");
        var history = await Directory.HistoryAsync("amy");
        var (before, change) = (history.Records()[0], history.Entries[1]);
        var statement = Statements.Change(amy.Directory, before.User, 2, before.Hash(), Directory.Owner("ben").Digests);
        Assert.Equal(RecordOrigin.Change, change.Origin);
        Assert.True(Signed("amy", statement, change.SignatureOld!));
        Assert.True(Signed("ben", statement, change.SignatureNew!));
        Assert.Equal((null, null), (history.Entries[0].SignatureOld, history.Entries[0].SignatureNew));
    }

    [SkippableFact]
    public async Task Keeps_who_revoked()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        (await Directory.SendAsync("POST", "users/amy/revoke", amy.Revocation("amy"))).Dispose();
        var last = (await Directory.HistoryAsync("amy")).Entries[^1];
        Assert.Equal(RecordOrigin.Revocation, last.Origin);
        Assert.True(Signed("amy", Statements.Revoke(amy.Directory, OwnerClient.Name("amy"), amy.Digests.Sign), last.SignatureOld!));
        Assert.Null(last.SignatureNew);
    }

    [SkippableTheory]
    [InlineData("users/ben/history", HttpStatusCode.NotFound, "user not found")]
    [InlineData("users/AMY/history", HttpStatusCode.NotFound, "user not found")]
    [InlineData("users/amy/history?after=-1", HttpStatusCode.BadRequest, "request decode error")]
    [InlineData("users/amy/history?after=", HttpStatusCode.BadRequest, "request decode error")]
    [InlineData("users/amy/history?after=1&after=2", HttpStatusCode.BadRequest, "request decode error")]
    [InlineData("users/amy/history?after=0%20OR%201=1", HttpStatusCode.BadRequest, "request decode error")]
    [InlineData("users/amy/history?after=99999999999999999999", HttpStatusCode.BadRequest, "request decode error")]
    public async Task Refuses_what_names_no_page(string path, HttpStatusCode status, string text)
    {
        await Directory.OwnerOfAsync("amy");
        await Directory.GetAsync(path).ShouldBeAsync(status, text);
    }

    [SkippableFact]
    public async Task Takes_the_largest_revision_for_a_page_that_is_empty()
    {
        await Directory.OwnerOfAsync("amy");
        Assert.Empty((await Directory.HistoryAsync("amy", after: long.MaxValue)).Entries);
    }

    private async Task ChangeAsync(int count)
    {
        var (present, other) = (await Directory.OwnerOfAsync("amy"), Directory.Owner("ben"));
        for (var i = 0; i < count; i++)
        {
            using var response = await Directory.SendAsync("PUT", "users/amy/keys", present.Change(await Directory.RecordAsync("amy"), other));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            (present, other) = (other, present);
        }
    }

    private static bool Signed(string keysOf, byte[] statement, byte[] signature)
    {
        using var key = RsaPublicKey.FromPem(TestKeys.Sign(keysOf));
        return key.VerifyPss(statement, signature);
    }
}

public sealed class HistoryTests() : HistorySpec(Database.Sqlite);

public sealed class PostgresHistoryTests() : HistorySpec(Database.Postgres);
