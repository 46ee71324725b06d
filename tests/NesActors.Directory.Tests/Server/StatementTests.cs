using System.Net;
using System.Text.Json;
using NesActors.Directory.Tests.Support;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Directory.Tests.Server;

/// <summary>What users say for suites: who may change it, and when it ends.</summary>
public abstract class StatementSpec(Database database) : ServerSpec(database)
{
    private const string Path = "users/amy/statement";
    private const string Text = "printable ASCII: \"quoted\", \\ and {} too ~";

    [SkippableFact]
    public async Task Serves_it_with_the_record_which_stays_the_same()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        var before = await Directory.RecordAsync("amy");
        Directory.Clock.Advance(TimeSpan.FromMinutes(1));

        using var response = await Directory.SendAsync("PUT", Path, amy.Publication(before, "nes2", Text, 7));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answered = RecordAnswer.TryRead(await response.Content.ReadAsByteArrayAsync())!;
        Assert.True(answered.Fresh!.IsFor(answered.Response.Span, amy.Directory, Directory.Server.FreshKey));
        var (record, fresh) = await Directory.LookUpAsync("amy");
        Assert.Equal((7, Text), (record.Published.Revision, record.Published.Texts["nes2"]));
        Assert.Equal(record, DirectoryRecord.TryRead(answered.Response));
        Assert.Equal(Directory.Clock.GetUtcNow(), fresh.Issued);
        Assert.Equal((before.Rev, before.Since, before.Hash()), (record.Rev, record.Since, record.Hash()));
        var history = await Directory.HistoryAsync("amy");
        Assert.Equal([before], history.Records());
    }

    [SkippableFact]
    public async Task A_client_of_the_original_reads_what_it_did_before()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        await PublishAsync(amy, "nes2", Text, 1);
        var body = await Directory.Http.GetByteArrayAsync(new Uri("users/amy", UriKind.Relative));
        using var json = JsonDocument.Parse(body);
        // As the original does: names without regard to case, the last one wins, the signature over the bytes as they stand.
        var response = Last(json.RootElement, "response");
        Assert.Equal((TestKeys.Message("amy"), TestKeys.Sign("amy")), (Last(response, "public_key_message").GetString(), Last(response, "public_key_sign").GetString()));
        using var key = RsaPublicKey.FromPem(Directory.Server.PublicKeyPem);
        Assert.True(key.VerifyPss(StrictJson.Raw(response), Convert.FromBase64String(Last(json.RootElement, "signature").GetString()!.Replace('-', '+').Replace('_', '/'))));

        static JsonElement Last(JsonElement json, string name) => json.EnumerateObject().Last(member => string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase)).Value;
    }

    [SkippableFact]
    public async Task Each_suite_has_its_own_and_a_later_one_takes_the_place_of_an_earlier_one()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        await PublishAsync(amy, "nes2", "first", 1);
        await PublishAsync(amy, "my-suite", "other", 2);
        await PublishAsync(amy, "nes2", "second", 1_800_000_000_000);
        Assert.Equal(new SuiteStatements(1_800_000_000_000, new Dictionary<string, string> { ["my-suite"] = "other", ["nes2"] = "second" }), await Directory.PublishedAsync("amy"));

        await PublishAsync(amy, "nes2", null, 1_800_000_000_001);
        Assert.Equal(new SuiteStatements(1_800_000_000_001, new Dictionary<string, string> { ["my-suite"] = "other" }), await Directory.PublishedAsync("amy"));
        await Directory.RestartAsync();
        Assert.Equal(["my-suite"], (await Directory.PublishedAsync("amy")).Texts.Keys);
    }

    [SkippableFact]
    public async Task An_earlier_request_cannot_be_used_again()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        var record = await Directory.RecordAsync("amy");
        var (first, second, removal) = (amy.Publication(record, "nes2", "first", 1), amy.Publication(record, "nes2", "second", 2), amy.Publication(record, "nes2", null, 3));
        await AcceptedAsync(first);
        await AcceptedAsync(second);
        await Directory.SendAsync("PUT", Path, first).ShouldBeAsync(HttpStatusCode.Conflict, "statement has changed");
        Assert.Equal("second", (await Directory.PublishedAsync("amy")).Texts["nes2"]);
        await AcceptedAsync(removal);
        await Directory.SendAsync("PUT", Path, second).ShouldBeAsync(HttpStatusCode.Conflict, "statement has changed");
        Assert.Empty((await Directory.PublishedAsync("amy")).Texts);
    }

    [SkippableFact]
    public async Task A_request_whose_answer_was_lost_may_be_sent_again_and_another_under_its_number_not()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        var record = await Directory.RecordAsync("amy");
        var request = amy.Publication(record, "nes2", "said", 5);
        await AcceptedAsync(request);
        var tag = await ETagAsync();
        await AcceptedAsync(request);
        Assert.Equal(tag, await ETagAsync());
        await Directory.SendAsync("PUT", Path, amy.Publication(record, "nes2", "other", 5)).ShouldBeAsync(HttpStatusCode.Conflict, "statement has changed");
        await Directory.SendAsync("PUT", Path, amy.Publication(record, "nes3", "said", 5)).ShouldBeAsync(HttpStatusCode.Conflict, "statement has changed");
    }

    [SkippableFact]
    public async Task A_look_up_that_knows_the_record_before_gets_the_new_one()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        await Directory.LookUpAsync("amy");
        var before = await ETagAsync();
        await PublishAsync(amy, "nes2", "said", 1);
        using var request = new HttpRequestMessage(HttpMethod.Get, "users/amy");
        request.Headers.TryAddWithoutValidation("If-None-Match", before);
        using var answer = await Directory.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEqual(before, answer.Headers.ETag!.Tag);
    }

    [SkippableFact]
    public async Task Nobody_else_can_publish_for_a_user()
    {
        var (amy, ben) = (await Directory.OwnerOfAsync("amy"), await Directory.OwnerOfAsync("ben"));
        var (hers, his) = (await Directory.RecordAsync("amy"), await Directory.RecordAsync("ben"));
        await RefusedAsync(ben.Publication(hers, "nes2", "forged", 1), HttpStatusCode.Forbidden, "signature verification error");
        await RefusedAsync(ben.Publication(his, "nes2", "forged", 1), HttpStatusCode.Conflict, "record has changed");
        await RefusedAsync((ben with { Directory = Digest.Of("another"u8) }).Publication(hers, "nes2", "forged", 1), HttpStatusCode.Forbidden, "signature verification error");
        // What she signed for another directory, or for something else, is no word for this one.
        await RefusedAsync((amy with { Directory = Digest.Of("another"u8) }).Publication(hers, "nes2", "said", 1), HttpStatusCode.Forbidden, "signature verification error");
        foreach (var (member, value) in ((string, string)[])[("suite", "nes3"), ("text", "forged")])
        {
            var changed = amy.Publication(hers, "nes2", "said", 1);
            changed[member] = value;
            await RefusedAsync(changed, HttpStatusCode.Forbidden, "signature verification error");
        }
        var without = amy.Publication(hers, "nes2", "said", 1);
        without.Remove("text");
        await RefusedAsync(without, HttpStatusCode.Forbidden, "signature verification error");
        var later = amy.Publication(hers, "nes2", "said", 1);
        later["revision"] = 2;
        await RefusedAsync(later, HttpStatusCode.Forbidden, "signature verification error");
        Assert.Equal(SuiteStatements.None, await Directory.PublishedAsync("amy"));
    }

    [SkippableFact]
    public async Task It_ends_with_the_keys_and_nothing_signed_before_counts_again()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        var ben = Directory.Owner("ben");
        var first = await Directory.RecordAsync("amy");
        await PublishAsync(amy, "nes2", "of the first keys", 1);
        var unsent = amy.Publication(first, "nes2", "never sent", 99);
        (await Directory.SendAsync("PUT", "users/amy/keys", amy.Change(await Directory.RecordAsync("amy"), ben))).Dispose();

        Assert.Equal(SuiteStatements.None, await Directory.PublishedAsync("amy"));
        await RefusedAsync(unsent, HttpStatusCode.Conflict, "record has changed");
        await RefusedAsync(amy.Publication(await Directory.RecordAsync("amy"), "nes2", "by the old key", 99), HttpStatusCode.Forbidden, "signature verification error");
        await PublishAsync(ben, "nes2", "of the second keys", 1);
        Assert.Equal("of the second keys", (await Directory.PublishedAsync("amy")).Texts["nes2"]);

        // The same keys once more are another record.
        (await Directory.SendAsync("PUT", "users/amy/keys", ben.Change(await Directory.RecordAsync("amy"), amy))).Dispose();
        await RefusedAsync(unsent, HttpStatusCode.Conflict, "record has changed");
        Assert.Equal(SuiteStatements.None, await Directory.PublishedAsync("amy"));
        Assert.DoesNotContain(await HistoryTextsAsync(), text => text.Contains("of the", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("revoke")]
    [InlineData("delete")]
    public async Task It_is_gone_from_everywhere_when_the_user_is(string how)
    {
        var amy = await Directory.OwnerOfAsync("amy");
        await PublishAsync(amy, "nes2", "said-by-amy", 1);
        var record = await Directory.RecordAsync("amy");
        using (how == "revoke" ? await Directory.SendAsync("POST", "users/amy/revoke", amy.Revocation("amy")) : await Directory.SendAsync("DELETE", "users/amy", amy.Deletion(record))) { }
        await RefusedAsync(amy.Publication(record, "nes2", "said-by-amy", 2), HttpStatusCode.NotFound, "user not found");
        var proof = await Directory.Http.GetAsync(new Uri("users/amy?proof=1", UriKind.Relative));
        Assert.DoesNotContain("said-by-amy", await proof.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("said-by-amy", await Directory.StopAndReadDatabaseAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Takes_nothing_that_is_no_statement()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        var record = await Directory.RecordAsync("amy");
        foreach (var suite in (string[])["", "NES2", "nes_2", "nes2\n", "né", "../x", "\"", new string('a', 33)])
            await RefusedAsync(amy.Publication(record, suite, "said", 1), HttpStatusCode.BadRequest, "suite validation error");
        foreach (var text in (string[])["", "\n", "\t", "é", "\u007f", "\u202e", new string('a', SuiteStatements.MaxLength + 1)])
            await RefusedAsync(amy.Publication(record, "nes2", text, 1), HttpStatusCode.BadRequest, "text validation error");
        foreach (var revision in (long[])[0, -1, SuiteStatements.MaxRevision + 1, long.MaxValue])
            await RefusedAsync(amy.Publication(record, "nes2", "said", revision), HttpStatusCode.BadRequest, "revision validation error");
        foreach (var body in (string[])["", "{}", "[]", "null", "{\"suite\":\"nes2\"}", "{\"suite\":1,\"text\":2,\"revision\":\"3\",\"record\":4,\"signature\":5}"])
            await Directory.SendAsync("PUT", Path, body).ShouldBeAsync(HttpStatusCode.BadRequest, "request decode error");
        await Directory.SendAsync("PUT", Path, new string('a', 64 * 1024 + 1)).ShouldBeAsync(HttpStatusCode.RequestEntityTooLarge, "request too large");
        await AcceptedAsync(amy.Publication(record, new string('a', 32), new string('~', SuiteStatements.MaxLength), SuiteStatements.MaxRevision));
    }

    [SkippableFact]
    public async Task Has_room_for_a_few_suites()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        var text = new string('\\', SuiteStatements.MaxLength);
        for (var i = 0; i < SuiteStatements.MaxCount; i++) await PublishAsync(amy, $"suite-{i}", text, i + 1);
        var record = await Directory.RecordAsync("amy");
        await RefusedAsync(amy.Publication(record, "suite-x", "said", 9), HttpStatusCode.BadRequest, "too many statements");
        await PublishAsync(amy, "suite-0", "shorter", 9);
        await PublishAsync(amy, "suite-1", null, 10);
        await PublishAsync(amy, "suite-x", "said", 11);
        Assert.Equal(["suite-0", "suite-2", "suite-3", "suite-x"], (await Directory.PublishedAsync("amy")).Texts.Keys);
    }

    [SkippableFact]
    public async Task Of_racing_requests_the_newest_that_was_taken_is_served_and_no_answer_is_torn()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        var record = await Directory.RecordAsync("amy");
        var requests = Enumerable.Range(1, 16).Select(i => (Revision: i, Body: amy.Publication(record, i % 2 == 0 ? "nes2" : "other", $"number {i}", i))).ToArray();
        var sending = Task.WhenAll(requests.Select(async request =>
        {
            using var response = await Directory.SendAsync("PUT", Path, request.Body);
            return (request.Revision, response.StatusCode);
        }));
        // Each look-up checks that the signature and the word of freshness are about these bytes.
        while (!sending.IsCompleted) await Directory.LookUpAsync("amy");
        var outcomes = await sending;
        Assert.All(outcomes, outcome => Assert.Contains(outcome.StatusCode, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.Conflict]));
        var served = await Directory.PublishedAsync("amy");
        Assert.Equal(outcomes.Where(outcome => outcome.StatusCode == HttpStatusCode.OK).Max(outcome => outcome.Revision), served.Revision);
        Assert.Equal($"number {served.Revision}", served.Texts[served.Revision % 2 == 0 ? "nes2" : "other"]);
    }

    [SkippableFact]
    public async Task A_change_of_keys_that_races_leaves_no_statement_of_the_old_ones()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        var record = await Directory.RecordAsync("amy");
        var responses = await Task.WhenAll(
            [.. Enumerable.Range(1, 8).Select(i => Directory.SendAsync("PUT", Path, amy.Publication(record, "nes2", $"number {i}", i))), Directory.SendAsync("PUT", "users/amy/keys", amy.Change(record, Directory.Owner("ben")))]);
        Assert.Equal(HttpStatusCode.OK, responses[^1].StatusCode);
        Assert.Equal((TestKeys.Sign("ben"), SuiteStatements.None), ((await Directory.RecordAsync("amy")).SignKey, await Directory.PublishedAsync("amy")));
        foreach (var response in responses) response.Dispose();
    }

    [SkippableFact]
    public async Task Freshness_that_was_made_for_what_was_served_before_is_not_stored()
    {
        var amy = await Directory.OwnerOfAsync("amy");
        for (var i = 1; i <= 6; i++)
        {
            // Freshness is renewed behind look-ups: half of it is over, and the server is asked and told at once.
            Directory.Clock.Advance(TimeSpan.FromHours(23.5));
            var publishing = PublishAsync(amy, "nes2", $"number {i}", i);
            await Task.WhenAll(Directory.LookUpAsync("amy"), publishing);
            Assert.Equal(i, (await Directory.PublishedAsync("amy")).Revision);
            await Directory.RestartAsync();
            Assert.Equal(i, (await Directory.PublishedAsync("amy")).Revision);
        }
    }

    [SkippableFact]
    public async Task Knows_nobody_who_is_not_there()
    {
        var amy = Directory.Owner("amy");
        var record = new DirectoryRecord(amy.Directory, OwnerClient.Name("amy"), 1, RecordStatus.Active, Directory.Clock.GetUtcNow()) { MessageKey = amy.MessageKey, SignKey = amy.SignKey };
        await RefusedAsync(amy.Publication(record, "nes2", "said", 1), HttpStatusCode.NotFound, "user not found");
        foreach (var method in (string[])["GET", "POST", "DELETE"])
        {
            using var response = await Directory.SendAsync(method, Path, "{}");
            Assert.Equal((HttpStatusCode.MethodNotAllowed, "PUT"), (response.StatusCode, response.Content.Headers.Allow.Single()));
        }
    }

    private async Task PublishAsync(TestOwner owner, string suite, string? text, long revision) =>
        await AcceptedAsync(owner.Publication(await Directory.RecordAsync("amy"), suite, text, revision));

    private async Task AcceptedAsync(System.Text.Json.Nodes.JsonObject request)
    {
        using var response = await Directory.SendAsync("PUT", Path, request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private Task RefusedAsync(System.Text.Json.Nodes.JsonObject request, HttpStatusCode status, string words) => Directory.SendAsync("PUT", Path, request).ShouldBeAsync(status, words);

    private async Task<string> ETagAsync()
    {
        using var answer = await Directory.GetAsync("users/amy");
        return answer.Headers.ETag!.Tag;
    }

    private async Task<IEnumerable<string>> HistoryTextsAsync() =>
        (await Directory.HistoryAsync("amy")).Entries.Select(entry => System.Text.Encoding.UTF8.GetString(entry.Record.Span));
}

public sealed class StatementTests() : StatementSpec(Database.Sqlite);

public sealed class PostgresStatementTests() : StatementSpec(Database.Postgres);
