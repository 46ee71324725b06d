using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Client;

public sealed class KeyDirectorySourcesTests
{
    [Theory]
    [InlineData(OriginalDirectory.Address)]
    [InlineData(OriginalDirectory.Address + "/")]
    public void The_key_of_the_original_directory_is_built_in(string address)
    {
        using var source = Assert.IsType<HttpKeyDirectory>(KeyDirectorySources.Create(address));
        Assert.False(source.IsExposed);
    }

    [Fact]
    public void Another_directory_needs_its_key()
    {
        const string Address = "https://keys.example.org/pubkey";
        Assert.Throws<KeyException>(() => KeyDirectorySources.Create(Address));
        using var source = Assert.IsType<HttpKeyDirectory>(KeyDirectorySources.Create(Address, TestKeys.OriginalDirectory));
        Assert.Equal(new Uri(Address), source.Address);
    }

    [Theory]
    [InlineData("file:///tmp/keys", "/tmp/keys")]
    [InlineData("/tmp/keys", "/tmp/keys")]
    [InlineData("/tmp/../tmp/keys", "/tmp/keys")]
    public void A_path_is_a_folder(string address, string folder) =>
        Assert.Equal(folder, Assert.IsType<FolderKeyDirectory>(KeyDirectorySources.Create(address)).Folder);

    [Theory]
    [InlineData("")]
    [InlineData("keys.example.org")]
    [InlineData("ftp://keys.example.org")]
    [InlineData("https://keys.example.org/?q")]
    [InlineData("https://")]
    public void Says_that_an_address_is_none(string address) =>
        Assert.Throws<FormatException>(() => KeyDirectorySources.Create(address, TestKeys.OriginalDirectory));
}
