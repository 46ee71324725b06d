using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Owner;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Directory.Tests.Support;
using NesActors.Records;

namespace NesActors.Directory.Tests.Client;

/// <summary>What a session publishes of a user at a directory, and how often it asks.</summary>
public sealed class StatementPublisherTests : IAsyncLifetime
{
    private const string Put = "PUT /users/bob/statement", Get = "GET /users/bob";

    private ProvingDirectory _directory = null!;
    private HttpKeyDirectory _client = null!;
    private StatementPublisher _publisher = null!;
    private DirectoryRecord _record = null!;
    private int _keysRead;

    private long Now => _directory.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task InitializeAsync()
    {
        _directory = await ProvingDirectory.StartAsync();
        _client = _directory.Client();
        _publisher = new StatementPublisher(_client, ReadKey, _directory.Clock);
        _record = OwnerOf.First.Of(_directory.Record());
        _directory.Serve(_record);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _directory.DisposeAsync();
    }

    [Fact]
    public async Task Publishes_what_is_missing_signed_for_the_record_that_is_there()
    {
        Answers(("nes2", "said"));
        Assert.IsType<RenewalResult.Kept>(await RenewAsync(("nes2", "said")));
        using var body = System.Text.Json.JsonDocument.Parse(_directory.LastBody);
        var json = body.RootElement;
        Assert.Equal(("nes2", "said", Now, _record.Hash().Hex), (
            json.GetProperty("suite").GetString(), json.GetProperty("text").GetString(), json.GetProperty("revision").GetInt64(), json.GetProperty("record").GetString()));
        var statement = Statements.Publish(ProvingDirectory.Id, OwnerOf.First.Keys.User, _record.Hash(), "nes2", Now, "said");
        Assert.True(OwnerOf.First.Sign.PublicKey.VerifyPss(statement, System.Buffers.Text.Base64Url.DecodeFromChars(json.GetProperty("signature").GetString())));
    }

    [Fact]
    public async Task Asks_nothing_while_nothing_changes_and_looks_again_after_a_day()
    {
        Answers(("nes2", "said"));
        await RenewAsync(("nes2", "said"));
        var asked = _directory.Requests.Count;
        _directory.Clock.Advance(StatementPublisher.LookAgain - TimeSpan.FromSeconds(1));
        Assert.IsType<RenewalResult.Kept>(await RenewAsync(("nes2", "said")));
        Assert.Equal(asked, _directory.Requests.Count);

        _directory.Clock.Advance(TimeSpan.FromSeconds(1));
        _directory.Say();
        _directory.Serve(With(Now - 5, ("nes2", "said")));
        Assert.IsType<RenewalResult.Kept>(await RenewAsync(("nes2", "said")));
        Assert.Single(_directory.Requests, request => request == Put);
    }

    [Fact]
    public async Task Leaves_alone_what_is_there_already_and_what_is_there_for_other_suites()
    {
        _directory.Serve(With(7, ("nes2", "said"), ("other", "kept")));
        Assert.IsType<RenewalResult.Kept>(await RenewAsync(("nes2", "said")));
        Assert.DoesNotContain(Put, _directory.Requests);
        Assert.Equal(0, _keysRead);
        Assert.IsType<RenewalResult.Kept>(await RenewAsync());
        Assert.Single(_directory.Requests, request => request == Get);
    }

    [Fact]
    public async Task Counts_on_from_what_is_there_where_the_clock_was_set_back()
    {
        var later = Now + 1_000_000;
        _directory.Serve(With(later, ("nes2", "before")));
        _directory.Answer(Put, 200, _directory.BodyOf(With(later + 1, ("nes2", "said"))));
        Assert.IsType<RenewalResult.Kept>(await RenewAsync(("nes2", "said")));
        Assert.Contains($"\"revision\":{later + 1}", _directory.LastBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(405, "")]
    [InlineData(404, "404 page not found")]
    public async Task Leaves_a_directory_alone_that_is_too_old_and_asks_again_some_hours_later(int status, string words)
    {
        _directory.Answer(Put, status, words);
        var not = Assert.IsType<RenewalResult.NotTaken>(await RenewAsync(("nes2", "said")));
        Assert.Contains("takes no statements", not.Detail, StringComparison.Ordinal);
        var asked = _directory.Requests.Count;
        Assert.Equal(not, await RenewAsync(("nes2", "said")));
        _directory.Clock.Advance(StatementPublisher.AskAgain - TimeSpan.FromSeconds(1));
        Assert.Equal(not, await RenewAsync(("nes2", "other")));
        Assert.Equal(asked, _directory.Requests.Count);
        _directory.Clock.Advance(TimeSpan.FromSeconds(1));
        Answers(("nes2", "said"));
        Assert.IsType<RenewalResult.Kept>(await RenewAsync(("nes2", "said")));
    }

    [Fact]
    public async Task Asks_a_directory_of_the_originals_kind_for_nothing()
    {
        _directory.Forget("GET /directory");
        var response = System.Text.Encoding.UTF8.GetBytes($$"""{"public_key_message":{{Json(_record.MessageKey!)}},"public_key_sign":{{Json(_record.SignKey!)}}}""");
        _directory.Answer(Get, 200, [.. RecordAnswer.SignedPart(ProvingDirectory.First, response), (byte)'}']);
        Assert.IsType<RenewalResult.NotTaken>(await RenewAsync(("nes2", "said")));
        Assert.DoesNotContain(Put, _directory.Requests);

        static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);
    }

    [Theory]
    [InlineData(409, "statement has changed")]
    [InlineData(403, "signature verification error")]
    [InlineData(404, "user not found")]
    [InlineData(429, "too many requests, try again later")]
    [InlineData(503, "directory busy, try again later")]
    [InlineData(200, "{}")]
    public async Task Tries_again_after_any_other_failure(int status, string words)
    {
        _directory.Answer(Put, status, words);
        Assert.IsType<RenewalResult.Failed>(await RenewAsync(("nes2", "said")));
        Answers(("nes2", "said"));
        Assert.IsType<RenewalResult.Kept>(await RenewAsync(("nes2", "said")));
    }

    [Fact]
    public async Task Does_not_believe_that_it_was_published_where_the_answer_shows_something_else()
    {
        foreach (var shown in (DirectoryRecord[])[_record, With(Now, ("nes2", "other")), With(Now + 1, ("nes2", "said")), With(Now, ("nes3", "said"))])
        {
            _directory.Answer(Put, 200, _directory.BodyOf(shown));
            Assert.IsType<RenewalResult.Failed>(await RenewAsync(("nes2", "said")));
        }
    }

    [Fact]
    public async Task Publishes_nothing_beside_keys_of_somebody_else()
    {
        _directory.Serve(OwnerOf.Second.Of(_directory.Record(rev: 2, prev: _record.Hash())));
        var failed = Assert.IsType<RenewalResult.Failed>(await RenewAsync(("nes2", "said")));
        Assert.Contains("other keys", failed.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(Put, _directory.Requests);
    }

    [Fact]
    public async Task Refuses_to_publish_what_is_no_statement()
    {
        foreach (var (entry, text) in ((string, string)[])[("statement_NES2", "said"), ("statement_", "said"), ("statement_nes2", "é"), ("statement_nes2", new string('a', 6145))])
        {
            var mine = new PublicRecord(OwnerOf.First.Keys.User, new Dictionary<string, string>(OwnerOf.First.Keys.Entries) { [entry] = text });
            await Assert.ThrowsAsync<KeyException>(() => _publisher.RenewAsync(mine, default));
        }
    }

    [Fact]
    public async Task At_a_real_directory_what_is_published_is_what_others_read()
    {
        await using var directory = await TestDirectory.StartAsync();
        (await directory.RegisterAsync("amy")).Dispose();
        using var client = directory.Client();
        var publisher = new StatementPublisher(client, () => TestKeys.PrivateSign("amy"), directory.Clock);
        var mine = new PublicRecord(Username.Parse("amy"), new Dictionary<string, string>(TestKeys.Record("amy").Entries) { ["statement_nes2"] = "said", ["statement_other"] = "too" });

        Assert.IsType<RenewalResult.Kept>(await publisher.RenewAsync(mine, default));

        var found = Assert.IsType<LookupResult.Found>(await client.LookUpAsync(mine.User, default));
        Assert.Equal(("said", "too"), (found.Record.Entries["statement_nes2"], found.Record.Entries["statement_other"]));
        using var key = TestKeys.PrivateSign("amy");
        Assert.IsType<OwnerResult.Done>(await client.Owner(mine.User).PublishAsync("other", null, key, default));
        found = Assert.IsType<LookupResult.Found>(await client.LookUpAsync(mine.User, default));
        Assert.DoesNotContain("statement_other", found.Record.Entries.Keys);
        Assert.Equal(1, found.Proof!.Rev);
    }

    [Fact]
    public async Task What_can_be_no_statement_reaches_nobody_and_spoils_no_keys()
    {
        var long6K = new string('a', SuiteStatements.MaxLength);
        string[] entries =
        [
            "\"statement_NES2\":\"said\"", "\"statement_\":\"said\"", "\"statement_a\":\"\\u202e\"", $"\"statement_b\":\"{long6K}a\"", "\"statement_c\":7", "\"statement_d\":\"\"",
            .. Enumerable.Range(0, 6).Select(i => $"\"statement_s{i}\":\"{long6K}\""),
        ];
        var response = _record.ToJson()[..^1].Concat(System.Text.Encoding.UTF8.GetBytes("," + string.Join(',', entries) + "}")).ToArray();
        _directory.Answer(Get, 200, RecordAnswer.Write(RecordAnswer.SignedPart(_directory.Key, response), _directory.FreshOf(response)));
        var found = Assert.IsType<LookupResult.Found>(await _client.LookUpAsync(OwnerOf.First.Keys.User, default));
        Assert.Equal(["statement_s0", "statement_s1", "statement_s2", "statement_s3"], found.Record.Entries.Keys.Where(name => name.StartsWith("statement_", StringComparison.Ordinal)));
        Assert.Equal(_record.SignKey, found.Record.Entries[PublicRecord.SignKey]);
    }

    private void Answers(params (string Suite, string Text)[] statements) => _directory.Answer(Put, 200, _directory.BodyOf(With(Now, statements)));

    private DirectoryRecord With(long revision, params (string Suite, string Text)[] statements) => _record with
    {
        Published = new SuiteStatements(revision, statements.ToDictionary(statement => statement.Suite, statement => statement.Text)),
    };

    private Task<RenewalResult> RenewAsync(params (string Suite, string Text)[] statements)
    {
        var entries = new Dictionary<string, string>(OwnerOf.First.Keys.Entries);
        foreach (var (suite, text) in statements) entries[PublicRecord.StatementOf(suite)] = text;
        return _publisher.RenewAsync(new PublicRecord(OwnerOf.First.Keys.User, entries), default);
    }

    private NesActors.Rsa.RsaPrivateKey ReadKey()
    {
        _keysRead++;
        return NesActors.Rsa.RsaPrivateKey.FromPem(OwnerOf.First.Sign.ExportPkcs1Pem());
    }
}
