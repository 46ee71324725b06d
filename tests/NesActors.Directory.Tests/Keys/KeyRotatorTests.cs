using Microsoft.Extensions.Time.Testing;
using NesActors.Directory.Keys;
using NesActors.Directory.Tests.Support;
using NesActors.Records;

namespace NesActors.Directory.Tests.Keys;

public sealed class KeyRotatorTests : IDisposable
{
    private const int Bits = 2048;

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly Digest _first;
    private readonly string _firstPrivate;

    public KeyRotatorTests()
    {
        TestKeys.PutDirectoryKey(_folder);
        using var keys = DirectoryKeys.LoadOrCreate(_folder.Path);
        _first = Digest.Of(keys.Rsa.PublicKey);
        _firstPrivate = File.ReadAllText(_folder.File("directory.key")).Split('\n')[3];
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    public void A_folder_is_usable_wherever_the_change_is_cut_off(int steps, bool isChanged)
    {
        Assert.Equal(steps, KeyRotator.Steps(_folder.Path, Bits, _clock).Take(steps).Count());
        using var keys = DirectoryKeys.LoadOrCreate(_folder.Path);
        Assert.Equal((_first, isChanged ? 1 : 0), (keys.Directory, keys.Rev));
        Assert.Equal(isChanged, Digest.Of(keys.Rsa.PublicKey) != _first);
        Assert.Equal(keys.Rsa.PublicKey.ToPem(), File.ReadAllText(_folder.File("directory.pub")));
        Assert.Equal(isChanged ? 0 : 1, Files().Count(text => text.Contains(_firstPrivate, StringComparison.Ordinal)));
        Assert.False(File.Exists(_folder.File("directory.key.next")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_change_that_was_cut_off_can_be_made_again(int steps)
    {
        _ = KeyRotator.Steps(_folder.Path, Bits, _clock).Take(steps).Count();
        KeyRotator.Recover(_folder.Path);
        Rotate();
        using var keys = DirectoryKeys.LoadOrCreate(_folder.Path);
        Assert.Equal((_first, steps == 1 ? 1 : 2), (keys.Directory, keys.Rev));
    }

    [Fact]
    public void A_new_key_that_was_written_in_part_is_forgotten()
    {
        OwnerOnly.WriteNewFile(_folder.File("directory.key.next"), "-----BEGIN RSA PRIV"u8);
        using var keys = DirectoryKeys.LoadOrCreate(_folder.Path);
        Assert.Equal((_first, 0), (Digest.Of(keys.Rsa.PublicKey), keys.Rev));
        Assert.False(File.Exists(_folder.File("directory.key.next")));
    }

    [Fact]
    public void Each_key_signs_for_the_next()
    {
        Rotate();
        Rotate();
        using var keys = DirectoryKeys.LoadOrCreate(_folder.Path);
        Assert.Equal((_first, 2), (keys.Directory, keys.Rev));
        var first = KeyRotation.TryRead(keys.Chain.Rotations[0].Response)!;
        var second = KeyRotation.TryRead(keys.Chain.Rotations[1].Response)!;
        Assert.Equal((_first, 1), (first.From, first.Rev));
        Assert.True(first.TryHashKey(out var between));
        Assert.Equal((between, 2, keys.Rsa.PublicKey.ToPem()), (second.From, second.Rev, second.Key));
        using var signer = NesActors.Rsa.RsaPublicKey.FromPem(first.Key);
        Assert.True(signer.VerifyPss(keys.Chain.Rotations[1].Response.Span, keys.Chain.Rotations[1].Signature));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"dir\":\"x\",\"rotations\":[]}")]
    [InlineData("{\"dir\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"rotations\":[{\"response\":{},\"signature\":\"\"}]}")]
    public void Refuses_a_damaged_file_of_changes(string text)
    {
        File.WriteAllText(_folder.File(RotationFile.Name), text);
        var error = Assert.Throws<DirectoryException>(() => DirectoryKeys.LoadOrCreate(_folder.Path));
        Assert.Contains(RotationFile.Name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_key_that_the_changes_do_not_lead_to()
    {
        Rotate();
        File.Delete(_folder.File("directory.key"));
        TestKeys.PutDirectoryKey(_folder);
        var error = Assert.Throws<DirectoryException>(() => DirectoryKeys.LoadOrCreate(_folder.Path));
        Assert.Contains("backup", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_folder_without_a_key()
    {
        using var empty = new TempFolder();
        await Assert.ThrowsAsync<DirectoryException>(() => DirectoryKey.RotateAsync(empty.Path, Bits, _clock, CancellationToken.None));
        Assert.Empty(System.IO.Directory.EnumerateFileSystemEntries(empty.Path));
    }

    private IEnumerable<string> Files() => System.IO.Directory.EnumerateFiles(_folder.Path).Select(File.ReadAllText);

    private void Rotate() => Assert.Equal(5, KeyRotator.Steps(_folder.Path, Bits, _clock).Count());
}
