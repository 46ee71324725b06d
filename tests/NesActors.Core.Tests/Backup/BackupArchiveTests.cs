using System.Formats.Tar;
using System.Text;
using NesActors.Contracts;
using NesActors.Core.Backup;

namespace NesActors.Core.Tests.Backup;

public sealed class BackupArchiveTests
{
    private const string Manifest = """{"v":1,"user":"alice","made":1795379942123}""";

    private static readonly BackupArchive Whole = new(
        Username.Parse("alice"),
        DateTimeOffset.FromUnixTimeMilliseconds(1795379942123),
        new Dictionary<string, byte[]> { ["rsa-sign"] = [1, 2, 3], ["rsa-sign.pub"] = [] },
        State: new Dictionary<string, byte[]> { ["state.db"] = [4, 5], ["store.key"] = [6] });

    [Fact]
    public void Reads_what_it_wrote()
    {
        var read = BackupArchive.Read(Whole.ToBytes());

        Assert.Equal((Whole.User, Whole.MadeAt), (read.User, read.MadeAt));
        Assert.Equal(Whole.Keys, read.Keys);
        Assert.Equal(Whole.State, read.State);
    }

    [Fact]
    public void A_state_may_be_missing() => Assert.Empty(BackupArchive.Read((Whole with { State = new Dictionary<string, byte[]>() }).ToBytes()).State);

    [Theory]
    [InlineData("../alice-rsa-sign")]
    [InlineData("keys/../../alice-rsa-sign")]
    [InlineData("/etc/passwd")]
    [InlineData("keys/")]
    [InlineData("keys/RSA")]
    [InlineData("state.db")]
    [InlineData("state/")]
    [InlineData("state/other.db")]
    [InlineData("state/state.db/x")]
    [InlineData("more.json")]
    public void Refuses_a_file_that_no_backup_has(string name) =>
        Assert.Throws<FormatException>(() => BackupArchive.Read(Tar(File("manifest.json", Manifest), File(name, "x"))));

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("keys/rsa-sign")]
    [InlineData("state/state.db")]
    public void Refuses_a_file_that_comes_twice(string name) =>
        Assert.Throws<FormatException>(() => BackupArchive.Read(Tar(File("manifest.json", Manifest), File(name, Manifest), File(name, Manifest))));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"v":2,"user":"alice","made":1}""")]
    [InlineData("""{"v":1,"user":"../alice","made":1}""")]
    [InlineData("""{"v":1,"user":"alice","made":9e99}""")]
    [InlineData("""{"v":1,"made":1}""")]
    public void Refuses_a_manifest_that_makes_no_sense(string manifest) =>
        Assert.Throws<FormatException>(() => BackupArchive.Read(Tar(File("manifest.json", manifest))));

    [Fact]
    public void Refuses_what_does_not_say_whose_it_is() => Assert.Throws<FormatException>(() => BackupArchive.Read(Tar(File("keys/rsa-sign", "x"))));

    [Fact]
    public void Refuses_a_link() => Assert.Throws<FormatException>(() => BackupArchive.Read(Tar(
        File("manifest.json", Manifest), new PaxTarEntry(TarEntryType.SymbolicLink, "keys/rsa-sign") { LinkName = "/etc/passwd" })));

    [Fact]
    public void Damage_is_said_to_be_damage()
    {
        var whole = Whole.ToBytes();
        for (var at = 0; at < whole.Length; at += 97)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 0x55;
            try
            {
                BackupArchive.Read(damaged);
            }
            catch (FormatException)
            {
                // Where the damage is in a file's content nobody can tell; elsewhere it is found.
            }
        }
    }

    private static PaxTarEntry File(string name, string content) => new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) };

    private static byte[] Tar(params PaxTarEntry[] entries)
    {
        using var buffer = new MemoryStream();
        using (var tar = new TarWriter(buffer, leaveOpen: true))
        {
            foreach (var entry in entries) tar.WriteEntry(entry);
        }
        return buffer.ToArray();
    }
}
