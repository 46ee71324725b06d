using System.Net;
using Dapper;
using Microsoft.Net.Http.Headers;
using NesActors.Directory.Tests.Support;
using NesActors.Records;

namespace NesActors.Directory.Tests.LookUp;

public abstract class AnswerSpec(Database database) : ServerSpec(database, ActivationMode.Log)
{
    private static readonly Uri Amy = new("users/amy", UriKind.Relative);

    [SkippableFact]
    public async Task Vouches_for_a_record_for_a_day_and_gives_the_same_bytes_meanwhile()
    {
        await ActivateAsync("amy");
        var (record, fresh) = await Directory.LookUpAsync("amy");
        Assert.Equal((1, RecordStatus.Active), (record.Rev, record.Status));
        Assert.Equal(TimeSpan.FromHours(24), fresh.Expires - Directory.Clock.GetUtcNow());
        var first = await Directory.Http.GetByteArrayAsync(Amy);
        for (var i = 0; i < 5; i++) Assert.Equal(first, await Directory.Http.GetByteArrayAsync(Amy));
        await Directory.RestartAsync();
        Assert.Equal(first, await Directory.Http.GetByteArrayAsync(Amy));
    }

    [SkippableFact]
    public async Task Renews_freshness_before_it_is_over()
    {
        await ActivateAsync("amy");
        var (_, before) = await Directory.LookUpAsync("amy");
        // Stored behind the look-up's back, and certainly before the server has stopped.
        await Directory.RestartAsync();
        Directory.Clock.Advance(TimeSpan.FromHours(11));
        Assert.Equal(before.Expires, (await Directory.LookUpAsync("amy")).Fresh.Expires);
        Directory.Clock.Advance(TimeSpan.FromHours(2));
        await Directory.Log.NextAsync("1 answers vouched for anew.");
        await Directory.RestartAsync();
        Assert.Equal(Directory.Clock.GetUtcNow() + TimeSpan.FromHours(24), (await Directory.LookUpAsync("amy")).Fresh.Expires);
    }

    [SkippableFact]
    public async Task Vouches_anew_for_what_is_over_when_it_is_asked_for()
    {
        await ActivateAsync("amy");
        await Directory.LookUpAsync("amy");
        await Directory.Server.DisposeAsync();
        Directory.Clock.Advance(TimeSpan.FromDays(30));
        await Directory.RestartAsync();
        Assert.Equal(Directory.Clock.GetUtcNow() + TimeSpan.FromHours(24), (await Directory.LookUpAsync("amy")).Fresh.Expires);
    }

    [SkippableFact]
    public async Task A_fresh_key_that_was_deleted_is_replaced_and_everything_vouched_for_anew()
    {
        await ActivateAsync("amy");
        await Directory.LookUpAsync("amy");
        var before = await Directory.DocumentAsync();
        await Directory.Server.DisposeAsync();
        File.Delete(Directory.Folder.File("fresh.key"));
        await Directory.RestartAsync();
        Assert.NotEqual(before.FreshKey, (await Directory.DocumentAsync()).FreshKey);
        await Directory.LookUpAsync("amy");
        await Directory.AbsenceAsync("zoe");
    }

    [SkippableFact]
    public async Task Everybody_sees_a_change_at_once()
    {
        await Directory.Http.GetAsync(Amy).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        await Directory.AbsenceAsync("amy");
        var (activation, deletion) = await Directory.RegisterForLinksAsync("amy");
        await Directory.AbsenceAsync("amy");
        await FollowAsync(activation);
        for (var i = 0; i < 3; i++) await Directory.LookUpAsync("amy");
        await FollowAsync(deletion);
        await Directory.Http.GetAsync(Amy).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        var (record, _) = await Directory.LookUpAsync("amy", "?proof=1", HttpStatusCode.NotFound);
        Assert.Equal((2, RecordStatus.Deleted, (string?)null), (record.Rev, record.Status, record.SignKey));
        await Directory.RestartAsync();
        await Directory.LookUpAsync("amy", "?proof=1", HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task Proves_for_five_minutes_that_there_is_no_such_user()
    {
        var absence = await Directory.AbsenceAsync("zoe");
        Assert.Equal(Directory.Clock.GetUtcNow() + TimeSpan.FromMinutes(5), absence.Expires);
    }

    [SkippableFact]
    public async Task A_proof_of_somebody_who_is_there_is_the_answer()
    {
        await ActivateAsync("amy");
        await Directory.LookUpAsync("amy", "?proof=1");
        await Directory.LookUpAsync("amy", "?proof=0");
        await Directory.LookUpAsync("amy", "/");
    }

    [SkippableTheory]
    [InlineData("users/AMY?proof=1")]
    [InlineData("users/am?proof=1")]
    [InlineData("users/..%2famy?proof=1")]
    [InlineData("users/amy%0anes-directory-absent-v1?proof=1")]
    [InlineData("users/%F0%9F%92%A9?proof=1")]
    [InlineData("users/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa?proof=1")]
    [InlineData("users/zoe?proof=2")]
    [InlineData("users/zoe?proof=1&proof=1")]
    [InlineData("users/zoe?proof")]
    [InlineData("users/zoe?%00=%ff&&&=")]
    public Task Signs_nothing_about_what_is_no_name_or_not_asked_for(string path) =>
        Directory.Http.GetAsync(new Uri(path, UriKind.Relative)).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");

    [SkippableFact]
    public async Task Answers_304_to_whoever_has_the_answer()
    {
        await ActivateAsync("amy");
        using var first = await Directory.Http.GetAsync(Amy);
        Assert.True(first.Headers.CacheControl!.NoCache);
        foreach (var known in (string[])[first.Headers.ETag!.ToString(), $"W/{first.Headers.ETag}", $"\"other\", {first.Headers.ETag}", "*"])
        {
            using var again = await AskAsync(known);
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal(first.Headers.ETag, again.Headers.ETag);
            Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        }
        foreach (var unknown in (string[])["\"other\"", "garbage", "\"", ",,,"])
        {
            using var again = await AskAsync(unknown);
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        }

        await Directory.Server.DisposeAsync();
        Directory.Clock.Advance(TimeSpan.FromDays(2));
        await Directory.RestartAsync();
        using var fresher = await AskAsync(first.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, fresher.StatusCode);
        Assert.NotEqual(first.Headers.ETag, fresher.Headers.ETag);
    }

    [SkippableFact]
    public async Task HEAD_tells_all_but_the_body()
    {
        await ActivateAsync("amy");
        using var whole = await Directory.Http.GetAsync(Amy);
        using var head = await Directory.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, Amy));
        Assert.Equal((HttpStatusCode.OK, whole.Headers.ETag), (head.StatusCode, head.Headers.ETag));
        Assert.Equal((await whole.Content.ReadAsByteArrayAsync()).Length, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        using var nobody = await Directory.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "users/zoe?proof=1"));
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    [SkippableFact]
    public async Task What_is_damaged_is_no_refusal_and_the_others_are_found()
    {
        foreach (var user in (string[])["amy", "ben", "cat3072"]) await ActivateAsync(user);
        await using (var database = Directory.Connect())
            await database.ExecuteAsync("UPDATE answers SET packed = @damaged WHERE user_id = (SELECT id FROM users WHERE name = 'amy')", new { damaged = new byte[] { 0x7f, 0xff } });
        // Asked for together: PostgreSQL is asked for them in one query.
        await Task.WhenAll(Enumerable.Range(0, 50).SelectMany<int, Task>(_ =>
        [
            Directory.Http.GetAsync(Amy).ShouldBeAsync(HttpStatusCode.ServiceUnavailable, "directory unavailable, try again later"),
            Directory.LookUpAsync("ben"),
            Directory.LookUpAsync("cat3072"),
        ]));
    }

    private async Task<HttpResponseMessage> AskAsync(string known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Amy);
        Assert.True(request.Headers.TryAddWithoutValidation(HeaderNames.IfNoneMatch, known));
        return await Directory.Http.SendAsync(request);
    }

    private async Task ActivateAsync(string user) => await FollowAsync((await Directory.RegisterForLinksAsync(user, keysOf: user)).Activation);

    private async Task FollowAsync(Uri link)
    {
        using var response = await Directory.Http.PostAsync(link, null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}

public sealed class AnswerTests() : AnswerSpec(Database.Sqlite);

public sealed class PostgresAnswerTests() : AnswerSpec(Database.Postgres);
