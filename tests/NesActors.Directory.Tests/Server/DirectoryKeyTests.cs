using System.Security.Cryptography;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Server;

public sealed class DirectoryKeyTests
{
    [Theory]
    [InlineData("my.key", "my.pub")]
    [InlineData("my", "my.pub")]
    public void Makes_both_halves(string name, string publicName)
    {
        using var folder = new TempFolder();
        Assert.Equal(folder.File(publicName), DirectoryKey.Create(folder.File(name), 2048));
        using var secret = RSA.Create();
        using var open = RSA.Create();
        secret.ImportFromPem(File.ReadAllText(folder.File(name)));
        open.ImportFromPem(File.ReadAllText(folder.File(publicName)));
        Assert.Equal(secret.ExportSubjectPublicKeyInfo(), open.ExportSubjectPublicKeyInfo());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File(name)));
    }

    [Theory]
    [InlineData("my.key")]
    [InlineData("my.pub")]
    public void Overwrites_nothing(string existing)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File(existing), "precious");
        var error = Assert.Throws<DirectoryException>(() => DirectoryKey.Create(folder.File("my.key"), 2048));
        Assert.Contains(existing, error.Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(folder.File(existing)));
    }

    [Fact]
    public void Refuses_a_size_that_no_client_accepts()
    {
        using var folder = new TempFolder();
        Assert.Throws<DirectoryException>(() => DirectoryKey.Create(folder.File("my.key"), 1024));
    }

    [Fact]
    public void Says_that_the_folder_is_missing()
    {
        using var folder = new TempFolder();
        var error = Assert.Throws<DirectoryException>(() => DirectoryKey.Create(folder.File("none/my.key"), 2048));
        Assert.Contains("my.key", error.Message, StringComparison.Ordinal);
    }
}
