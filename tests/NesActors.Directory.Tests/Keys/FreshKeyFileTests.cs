using NesActors.Directory.Keys;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Keys;

public sealed class FreshKeyFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Makes_a_key_that_only_its_owner_may_read_and_keeps_it()
    {
        using var made = FreshKeyFile.LoadOrCreate(_folder.Path);
        using var read = FreshKeyFile.LoadOrCreate(_folder.Path);
        Assert.Equal(made.PublicKey.Export(), read.PublicKey.Export());
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", File.ReadAllText(_folder.File(FreshKeyFile.Name)), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File(FreshKeyFile.Name)));
    }

    [Fact]
    public void Refuses_a_file_that_holds_no_such_key()
    {
        TestKeys.PutDirectoryKey(_folder);
        File.Move(_folder.File("directory.key"), _folder.File(FreshKeyFile.Name));
        Assert.Contains(FreshKeyFile.Name, Assert.Throws<DirectoryException>(() => FreshKeyFile.LoadOrCreate(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_key_that_others_may_read()
    {
        if (OperatingSystem.IsWindows()) return;
        FreshKeyFile.LoadOrCreate(_folder.Path).Dispose();
        File.SetUnixFileMode(_folder.File(FreshKeyFile.Name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.Throws<DirectoryException>(() => FreshKeyFile.LoadOrCreate(_folder.Path)).Message, StringComparison.Ordinal);
    }
}
