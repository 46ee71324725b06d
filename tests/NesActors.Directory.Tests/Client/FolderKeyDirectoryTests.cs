using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Client;

public sealed class FolderKeyDirectoryTests : IDisposable
{
    private static readonly Username Amy = Username.Parse("amy");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Finds_the_keys_of_a_user()
    {
        File.WriteAllText(_folder.File("amy-rsa-message.pub"), TestKeys.Message("amy"));
        File.WriteAllText(_folder.File("amy-rsa-sign.pub"), TestKeys.Sign("amy"));
        var found = Assert.IsType<LookupResult.Found>(await LookUpAsync());
        Assert.Equal(Amy, found.Record.User);
        Assert.Equal(TestKeys.Message("amy"), found.Record.Entries[PublicRecord.MessageKey]);
        Assert.Equal(TestKeys.Sign("amy"), found.Record.Entries[PublicRecord.SignKey]);
    }

    [Fact]
    public async Task Knows_nobody_without_files() => Assert.IsType<LookupResult.NotFound>(await LookUpAsync());

    [Fact]
    public async Task Says_which_of_the_two_is_missing()
    {
        File.WriteAllText(_folder.File("amy-rsa-message.pub"), TestKeys.Message("amy"));
        var result = Assert.IsType<LookupResult.Unavailable>(await LookUpAsync());
        Assert.Contains("amy-rsa-sign.pub", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_there_is_no_folder()
    {
        var result = await new FolderKeyDirectory(_folder.File("none")).LookUpAsync(Amy, CancellationToken.None);
        Assert.Contains("none", Assert.IsType<LookupResult.Unavailable>(result).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_no_file_larger_than_a_key()
    {
        File.WriteAllBytes(_folder.File("amy-rsa-message.pub"), new byte[20_000]);
        Assert.IsType<LookupResult.Unavailable>(await LookUpAsync());
    }

    [Fact]
    public async Task Does_not_believe_what_is_no_text()
    {
        File.WriteAllBytes(_folder.File("amy-rsa-message.pub"), [0xff, 0xfe, 0x00]);
        Assert.IsType<LookupResult.Untrusted>(await LookUpAsync());
    }

    [Fact]
    public async Task Finds_a_users_statements_and_nobody_elses()
    {
        PutRsaKeys();
        File.WriteAllText(_folder.File("amy-statement-nes2.pub"), "signed");
        File.WriteAllText(_folder.File("amy-x-statement-nes2.pub"), "of amy-x");

        var found = Assert.IsType<LookupResult.Found>(await LookUpAsync());

        Assert.Equal("signed", found.Record.Entries["statement_nes2"]);
        Assert.Equal(3, found.Record.Entries.Count);
    }

    [Fact]
    public async Task A_statement_alone_is_the_record_of_a_suite_without_RSA_keys()
    {
        File.WriteAllText(_folder.File("amy-statement-sample1.pub"), "signed");

        var found = Assert.IsType<LookupResult.Found>(await LookUpAsync());

        Assert.Equal("signed", Assert.Single(found.Record.Entries, entry => entry.Key == "statement_sample1").Value);
        Assert.Single(found.Record.Entries);
    }

    [Fact]
    public async Task One_RSA_key_and_a_statement_make_no_user()
    {
        File.WriteAllText(_folder.File("amy-rsa-sign.pub"), TestKeys.Sign("amy"));
        File.WriteAllText(_folder.File("amy-statement-nes2.pub"), "signed");
        Assert.IsType<LookupResult.Unavailable>(await LookUpAsync());
    }

    [Fact]
    public async Task Knows_a_record_without_RSA_keys_by_its_statement()
    {
        var folder = new FolderKeyDirectory(_folder.Path);
        var mine = new PublicRecord(Amy, new Dictionary<string, string> { ["statement_sample1"] = "signed" });
        Assert.Null(await folder.IsThereAsync(mine, CancellationToken.None));

        await folder.PutAsync(mine, CancellationToken.None);

        Assert.True(await folder.IsThereAsync(mine, CancellationToken.None));
        Assert.False(await folder.IsThereAsync(mine with { Entries = new Dictionary<string, string> { ["statement_sample1"] = "another" } }, CancellationToken.None));
    }

    [Fact]
    public async Task Puts_a_record_into_files_and_tells_which_are_others_now()
    {
        var folder = new FolderKeyDirectory(_folder.File("new"));
        var record = RecordWith("first");

        Assert.Equal(3, (await folder.PutAsync(record, CancellationToken.None)).Count);
        Assert.Empty(await folder.PutAsync(record, CancellationToken.None));
        Assert.Single(await folder.PutAsync(RecordWith("second"), CancellationToken.None));

        var found = Assert.IsType<LookupResult.Found>(await folder.LookUpAsync(Amy, CancellationToken.None));
        Assert.Equal(RecordWith("second").Entries, found.Record.Entries);
    }

    [Fact]
    public async Task Writes_no_entry_that_would_be_another_file()
    {
        var entries = new Dictionary<string, string>(RecordWith("x").Entries) { ["statement_../up"] = "no", ["statement_"] = "no", ["email"] = "no" };

        await new FolderKeyDirectory(_folder.Path).PutAsync(new PublicRecord(Amy, entries), CancellationToken.None);

        Assert.Equal(["amy-rsa-message.pub", "amy-rsa-sign.pub", "amy-statement-nes2.pub"], System.IO.Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Renews_what_is_there_under_the_same_sign_key_and_nothing_else()
    {
        var folder = new FolderKeyDirectory(_folder.Path);
        await folder.RenewAsync(RecordWith("first"), CancellationToken.None);
        Assert.Empty(System.IO.Directory.EnumerateFiles(_folder.Path));

        await folder.PutAsync(RecordWith("first"), CancellationToken.None);
        await folder.RenewAsync(RecordWith("second"), CancellationToken.None);
        Assert.Equal("second", await File.ReadAllTextAsync(_folder.File("amy-statement-nes2.pub")));

        await folder.RenewAsync(new PublicRecord(Amy, new Dictionary<string, string>(RecordWith("third").Entries) { [PublicRecord.SignKey] = TestKeys.Sign("ben") }), CancellationToken.None);
        Assert.Equal("second", await File.ReadAllTextAsync(_folder.File("amy-statement-nes2.pub")));
    }

    private static PublicRecord RecordWith(string statement) => new(Amy, new Dictionary<string, string>
    {
        [PublicRecord.MessageKey] = TestKeys.Message("amy"),
        [PublicRecord.SignKey] = TestKeys.Sign("amy"),
        ["statement_nes2"] = statement,
    });

    private void PutRsaKeys()
    {
        File.WriteAllText(_folder.File("amy-rsa-message.pub"), TestKeys.Message("amy"));
        File.WriteAllText(_folder.File("amy-rsa-sign.pub"), TestKeys.Sign("amy"));
    }

    private Task<LookupResult> LookUpAsync() => new FolderKeyDirectory(_folder.Path).LookUpAsync(Amy, CancellationToken.None);
}
