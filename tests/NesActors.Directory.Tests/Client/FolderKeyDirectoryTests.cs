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

    private Task<LookupResult> LookUpAsync() => new FolderKeyDirectory(_folder.Path).LookUpAsync(Amy, CancellationToken.None);
}
