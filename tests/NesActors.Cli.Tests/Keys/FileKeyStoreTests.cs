using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Keys;

namespace NesActors.Cli.Tests.Keys;

public sealed class FileKeyStoreTests : IDisposable
{
    private readonly string _root = System.IO.Directory.CreateTempSubdirectory("nes-keys-test-").FullName;

    private string Folder => Path.Combine(_root, "deep", ".nes");

    [Fact]
    public void Lies_where_the_original_looks()
    {
        Store().Write("rsa-message", "x"u8, isSecret: true);
        Assert.Equal("x", File.ReadAllText(Path.Combine(Folder, "alice-rsa-message")));
    }

    [Fact]
    public void Files_can_lie_elsewhere()
    {
        var file = Path.Combine(_root, "elsewhere", "key.pem");
        var store = new FileKeyStore(new FileKeyStoreOptions(Username.Parse("alice"), Folder) { Files = new Dictionary<string, string> { ["rsa-sign"] = file } });
        store.Write("rsa-sign", "x"u8, isSecret: true);
        Assert.Equal("x"u8.ToArray(), File.ReadAllBytes(file));
        Assert.False(System.IO.Directory.Exists(Folder));
    }

    [UnixFact]
    public void Modes_are_0600_0644_and_0700()
    {
        var store = Store();
        store.Write("rsa-sign", "x"u8, isSecret: true);
        store.Write("rsa-sign.pub", "y"u8, isSecret: false);
        Assert.Equal("0600", ModeOf(store.PathOf("rsa-sign")));
        Assert.Equal("0644", ModeOf(store.PathOf("rsa-sign.pub")));
        Assert.Equal("0700", ModeOf(Folder));
    }

    [UnixFact]
    public void Replacing_an_open_file_closes_it()
    {
        var store = Store();
        store.Write("rsa-sign", "old"u8, isSecret: true);
        Open(store.PathOf("rsa-sign"));
        store.Write("rsa-sign", "new"u8, isSecret: true);
        Assert.Equal("0600", ModeOf(store.PathOf("rsa-sign")));
        Assert.Equal("new"u8.ToArray(), store.Read("rsa-sign"));
    }

    [UnixFact]
    public void Refuses_a_private_key_that_others_can_read()
    {
        var store = Store();
        store.Write("rsa-sign", "secret-bytes"u8, isSecret: true);
        Open(store.PathOf("rsa-sign"));
        var error = Assert.Throws<KeyException>(() => store.Read("rsa-sign"));
        Assert.Contains(store.PathOf("rsa-sign"), error.Message);
        Assert.Contains("nes doctor --fix", error.Message);
        Assert.Contains("0644", error.Message);
    }

    [UnixFact]
    public void Reads_an_open_private_key_where_it_was_allowed_and_an_open_public_one_always()
    {
        var store = Store(allowOpenKeys: true);
        store.Write("rsa-sign", "x"u8, isSecret: true);
        Open(store.PathOf("rsa-sign"));
        Assert.Equal("x"u8.ToArray(), store.Read("rsa-sign"));
        Store().Write("rsa-sign.pub", "y"u8, isSecret: false);
        Assert.Equal("y"u8.ToArray(), Store().Read("rsa-sign.pub"));
    }

    [Fact]
    public void What_is_not_there_is_null_and_remembered()
    {
        var store = Store();
        Assert.Null(store.Read("rsa-sign"));
        Assert.Equal([store.PathOf("rsa-sign")], store.Missing);
    }

    [Fact]
    public void Reads_long_entries_whole_and_refuses_enormous_ones()
    {
        var store = Store();
        var bytes = Enumerable.Range(0, 100_000).Select(i => (byte)i).ToArray();
        store.Write("prekeys", bytes, isSecret: true);
        Assert.Equal(bytes, store.Read("prekeys"));
        store.Write("prekeys", new byte[FileKeyStore.MaxBytes + 1], isSecret: true);
        Assert.Throws<KeyException>(() => store.Read("prekeys"));
    }

    [Fact]
    public void Erasing_removes_and_erasing_nothing_is_no_error()
    {
        var store = Store();
        store.Write("rsa-sign", "x"u8, isSecret: true);
        store.Erase("rsa-sign");
        store.Erase("rsa-sign");
        Assert.Null(store.Read("rsa-sign"));
    }

    [UnixFact]
    public void A_link_is_read_through_and_never_written()
    {
        var target = Path.Combine(_root, "target");
        AtomicFile.Write(target, "t"u8, FileModes.Private);
        System.IO.Directory.CreateDirectory(Folder);
        File.CreateSymbolicLink(Path.Combine(Folder, "alice-rsa-sign"), target);
        var store = Store();
        Assert.Equal("t"u8.ToArray(), store.Read("rsa-sign"));
        Assert.Throws<KeyException>(() => store.Write("rsa-sign", "x"u8, isSecret: true));
        Assert.Throws<KeyException>(() => store.Erase("rsa-sign"));
        Assert.Equal("t", File.ReadAllText(target));
    }

    [Theory]
    [InlineData("../up")]
    [InlineData("a/b")]
    [InlineData("UPPER")]
    [InlineData("nul\0")]
    public void A_name_that_leads_elsewhere_is_refused(string name) => Assert.Throws<ArgumentException>(() => Store().PathOf(name));

    [Fact]
    public async Task A_reader_sees_the_old_or_the_new_one_whole()
    {
        var store = Store();
        byte[][] versions = [.. Enumerable.Range(0, 2).Select(i => Encoding.ASCII.GetBytes(new string((char)('a' + i), 20_000)))];
        store.Write("rsa-sign", versions[0], isSecret: true);
        using var done = new CancellationTokenSource();
        var writing = Task.Run(() =>
        {
            for (var i = 0; i < 100; i++) store.Write("rsa-sign", versions[i % 2], isSecret: true);
            done.Cancel();
        });
        var reads = 0;
        while (!done.IsCancellationRequested || reads == 0)
        {
            var read = store.Read("rsa-sign");
            Assert.Contains(versions, version => version.AsSpan().SequenceEqual(read));
            reads++;
        }
        await writing.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(["alice-rsa-sign"], System.IO.Directory.EnumerateFiles(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Of_two_who_write_a_new_key_at_once_one_wins_and_the_other_is_told()
    {
        using var start = new Barrier(2);
        var writers = Enumerable.Range(0, 2).Select(i => Task.Run(() =>
        {
            start.SignalAndWait(TimeSpan.FromSeconds(60));
            try
            {
                Store(keepExisting: true).Write("rsa-sign", [(byte)i], isSecret: true);
                return i;
            }
            catch (KeyException)
            {
                return -1;
            }
        })).ToArray();
        var results = await Task.WhenAll(writers).WaitAsync(TimeSpan.FromSeconds(60));
        var winner = Assert.Single(results, result => result >= 0);
        Assert.Equal([(byte)winner], Store().Read("rsa-sign")!);
        Assert.Single(System.IO.Directory.EnumerateFiles(Folder));
    }

    public void Dispose() => System.IO.Directory.Delete(_root, recursive: true);

    private FileKeyStore Store(bool allowOpenKeys = false, bool keepExisting = false) =>
        new(new FileKeyStoreOptions(Username.Parse("alice"), Folder) { AllowOpenKeys = allowOpenKeys, KeepExisting = keepExisting });

    private static string ModeOf(string path) => OperatingSystem.IsWindows() ? "" : FileModes.ToOctal(File.GetUnixFileMode(path));

    private static void Open(string path)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, FileModes.Public);
    }
}
