namespace NesActors.Core.Tests.Storage.State;

/// <summary>A place for a state folder, gone after the test.</summary>
internal sealed class StateFolderFixture : IDisposable
{
    private readonly DirectoryInfo _parent = System.IO.Directory.CreateTempSubdirectory("nes-state-");

    public string Folder => Path.Combine(_parent.FullName, "amy.state");

    public string File => Path.Combine(Folder, "state.db");

    public void Dispose() => _parent.Delete(recursive: true);
}
