using NesActors.Core.Keys;

namespace NesActors.Core.Tests.Keys;

public sealed class AtomicFileTests : IDisposable
{
    private const int Writers = 4;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nes-files-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Of_several_that_make_one_file_at_once_one_does()
    {
        for (var round = 0; round < 500; round++)
        {
            var file = Path.Combine(_folder.FullName, $"{round}.key");
            using var together = new Barrier(Writers);
            var made = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Factory.StartNew(() => IsMadeBy(writer, file, together), TaskCreationOptions.LongRunning)));
            Assert.Equal([(byte)Assert.Single(Enumerable.Range(0, Writers), writer => made[writer])], await File.ReadAllBytesAsync(file));
        }
        Assert.Equal(500, _folder.GetFiles().Length);
    }

    [Fact]
    public void What_is_there_is_replaced_where_that_is_wanted()
    {
        var file = Path.Combine(_folder.FullName, "file");
        AtomicFile.Write(file, "old"u8, FileModes.Private, replace: false);
        Assert.Throws<IOException>(() => AtomicFile.Write(file, "new"u8, FileModes.Private, replace: false));
        Assert.Equal("old", File.ReadAllText(file));
        AtomicFile.Write(file, "new"u8, FileModes.Private);
        Assert.Equal("new", File.ReadAllText(file));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void A_folder_that_is_missing_is_an_error() =>
        Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(Path.Combine(_folder.FullName, "missing", "file"), "x"u8, FileModes.Private, replace: false));

    private static bool IsMadeBy(int writer, string file, Barrier together)
    {
        together.SignalAndWait();
        try
        {
            AtomicFile.Write(file, [(byte)writer], FileModes.Private, replace: false);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
