using System.Text;
using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Directory.Tests.Support;
using NesActors.Records;

namespace NesActors.Directory.Tests.Client;

/// <summary>Records of a directory that proves them: what is believed, and each way in which it is not.</summary>
public sealed class ProvedLookUpTests
{
    private static readonly Username Bob = Username.Parse("bob");

    [Fact]
    public async Task Believes_a_record_that_is_proved_and_says_what_was_proved()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        var record = directory.Record();
        directory.Serve(record);

        var found = Assert.IsType<LookupResult.Found>(await LookUpAsync(directory));

        Assert.Equal(Vouching.Proved, found.Vouched);
        Assert.Equal(
            new RecordProof(ProvingDirectory.Id, 1, RecordStatus.Active, record.Since, directory.Clock.GetUtcNow() + Freshness.MaxLifetime, record.Hash()), found.Proof);
        Assert.Equal(TestKeys.Sign("ben"), found.Record.Entries["public_key_sign"]);
    }

    [Fact]
    public async Task Refuses_the_record_of_another_user()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Serve(directory.Record("mallory"), under: "bob");
        await RefusesAsync(directory, "the record of mallory");
    }

    [Fact]
    public async Task Refuses_the_record_of_another_directory()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Serve(directory.Record() with { Directory = Digest.Of("another"u8) });
        await RefusesAsync(directory, "another directory");
    }

    [Fact]
    public async Task Refuses_an_older_record_than_it_has_seen()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Serve(directory.Record(rev: 3));
        Assert.IsType<LookupResult.Found>(await LookUpAsync(directory));
        directory.Serve(directory.Record(rev: 2));
        await RefusesAsync(directory, "an older record of bob (rev 2) than it did before (rev 3)");
    }

    [Fact]
    public async Task Refuses_another_record_under_the_same_number()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Serve(directory.Record(rev: 2));
        Assert.IsType<LookupResult.Found>(await LookUpAsync(directory));
        directory.Serve(directory.Record(rev: 2, keysOf: "amy"));
        await RefusesAsync(directory, "under the same number (rev 2)");
    }

    [Fact]
    public async Task Refuses_a_record_without_a_word_that_it_is_fresh()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        var part = RecordAnswer.SignedPart(directory.Key, directory.Record().ToJson());
        directory.Answer("GET /users/bob", 200, [.. part, (byte)'}']);
        await RefusesAsync(directory, "without a word that the record is fresh");
    }

    [Fact]
    public async Task Refuses_a_word_of_freshness_that_is_over()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Serve(directory.Record());
        directory.Clock.Advance(Freshness.MaxLifetime + RecordProof.ClockSkew);
        Assert.IsType<LookupResult.Found>(await LookUpAsync(directory));
        directory.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await RefusesAsync(directory, "was good until 2026-11-23 12:00:00Z");
    }

    [Fact]
    public async Task Refuses_a_word_of_freshness_from_the_future()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        var record = directory.Record();
        foreach (var (ahead, isRefused) in new[] { (RecordProof.ClockSkew, false), (RecordProof.ClockSkew + TimeSpan.FromMilliseconds(1), true) })
        {
            directory.Serve(record, fresh: Freshness.Sign(directory.Fresh, ProvingDirectory.Id, record.ToJson(), directory.Clock.GetUtcNow() + ahead, TimeSpan.FromHours(1)));
            if (isRefused) await RefusesAsync(directory, "from the future");
            else Assert.IsType<LookupResult.Found>(await LookUpAsync(directory));
        }
    }

    [Fact]
    public async Task Refuses_a_word_that_is_good_for_too_long()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        var record = directory.Record();
        directory.Serve(record, fresh: Freshness.Sign(directory.Fresh, ProvingDirectory.Id, record.ToJson(), directory.Clock.GetUtcNow(), TimeSpan.FromDays(2)));
        await RefusesAsync(directory, "fresh");
    }

    [Fact]
    public async Task Refuses_the_fresh_word_about_another_answer()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Serve(directory.Record(), fresh: directory.FreshOf(directory.Record("carol").ToJson()));
        await RefusesAsync(directory, "not about that record");
    }

    [Fact]
    public async Task Refuses_a_fresh_word_by_another_key()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        using var other = FreshPrivateKey.Generate();
        var record = directory.Record();
        directory.Serve(record, fresh: Freshness.Sign(other, ProvingDirectory.Id, record.ToJson(), directory.Clock.GetUtcNow(), TimeSpan.FromHours(1)));
        await RefusesAsync(directory, "not its own");
    }

    [Fact]
    public async Task Refuses_a_fresh_word_for_another_directory_by_the_same_key()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        var record = directory.Record();
        directory.Serve(record, fresh: Freshness.Sign(directory.Fresh, Digest.Of("another"u8), record.ToJson(), directory.Clock.GetUtcNow(), TimeSpan.FromHours(1)));
        await RefusesAsync(directory, "not its own");
    }

    [Fact]
    public async Task Refuses_a_record_that_the_directory_did_not_sign()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        using var client = directory.Client();
        directory.Key = ProvingDirectory.Foreign;
        directory.Serve(directory.Record());
        Assert.Contains("not signed by the key of the directory", Assert.IsType<LookupResult.Untrusted>(await client.LookUpAsync(Bob, default)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_keys_that_are_none()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Serve(directory.Record() with { SignKey = "no key" });
        await RefusesAsync(directory, "keys of bob");
    }

    [Theory]
    [InlineData("\"v\":1", "\"v\":2")]
    [InlineData("\"rev\":1", "\"rev\":0")]
    [InlineData("\"rev\":1", "\"rev\":-1")]
    [InlineData("\"rev\":1", "\"rev\":1.5")]
    [InlineData("\"rev\":1", "\"rev\":99999999999999999999")]
    [InlineData("\"rev\":1", "\"rev\":null")]
    [InlineData("\"rev\":1", "\"rev\":2")]
    [InlineData("\"status\":\"active\"", "\"status\":\"revoked\"")]
    [InlineData("\"status\":\"active\"", "\"status\":\"ACTIVE\"")]
    [InlineData("\"user\":\"bob\"", "\"user\":null")]
    [InlineData("\"user\":\"bob\"", "\"user\":\"../bob\"")]
    [InlineData("\"user\":\"bob\"", "\"user\":\"bob\",\"User\":\"bob\"")]
    [InlineData("\"since\":", "\"since\":-99999999999999999,\"x\":")]
    [InlineData("\"v\":1,", "")]
    public async Task Refuses_a_malformed_record_even_when_all_is_signed(string from, string to)
    {
        await using var directory = await ProvingDirectory.StartAsync();
        var response = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(directory.Record().ToJson()).Replace(from, to, StringComparison.Ordinal));
        directory.Answer("GET /users/bob", 200, RecordAnswer.Write(RecordAnswer.SignedPart(directory.Key, response), directory.FreshOf(response)));
        Assert.IsType<LookupResult.Untrusted>(await LookUpAsync(directory));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"hash\":null,\"iat\":0,\"exp\":1,\"signature\":\"\"}")]
    [InlineData("{\"hash\":\"00\",\"iat\":0,\"exp\":1,\"signature\":\"\"}")]
    [InlineData("{\"hash\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"iat\":-99999999999999999,\"exp\":1,\"signature\":\"AA\"}")]
    [InlineData("{\"hash\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"iat\":-62135596800000,\"exp\":253402300799999,\"signature\":null}")]
    [InlineData("{\"hash\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"iat\":-62135596800000,\"exp\":253402300799999,\"signature\":\"AAAA\"}")]
    public async Task Refuses_a_malformed_word_of_freshness(string fresh)
    {
        await using var directory = await ProvingDirectory.StartAsync();
        var part = RecordAnswer.SignedPart(directory.Key, directory.Record().ToJson());
        directory.Answer("GET /users/bob", 200, [.. part, .. ",\"fresh\":"u8, .. Encoding.UTF8.GetBytes(fresh), (byte)'}']);
        Assert.IsType<LookupResult.Untrusted>(await LookUpAsync(directory));
    }

    [Fact]
    public async Task Refuses_a_plain_answer_of_a_directory_that_proves()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Answer("GET /users/bob", 200, [.. RecordAnswer.SignedPart(directory.Key, "{\"public_key_sign\":\"a\"}"u8), (byte)'}']);
        await RefusesAsync(directory, "without the proof");
    }

    [Fact]
    public async Task Reads_no_more_than_a_directory_ever_answers()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Answer("GET /users/bob", 200, new byte[64 * 1024 + 1]);
        await RefusesAsync(directory, "more than a directory ever does");
    }

    private static async Task<LookupResult> LookUpAsync(ProvingDirectory directory)
    {
        using var client = directory.Client();
        return await client.LookUpAsync(Bob, CancellationToken.None);
    }

    private static async Task RefusesAsync(ProvingDirectory directory, string because) =>
        Assert.Contains(because, Assert.IsType<LookupResult.Untrusted>(await LookUpAsync(directory)).Detail, StringComparison.Ordinal);
}
