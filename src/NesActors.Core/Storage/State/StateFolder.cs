using NesActors.Core.Keys;
using NesActors.Core.Storage.Sqlite;

namespace NesActors.Core.Storage.State;

/// <summary>The folder of an identity's durable memory: mode 0700, with a <c>state.db</c> of mode 0600.</summary>
internal static class StateFolder
{
    internal const string DatabaseFile = "state.db";

    /// <summary>The files that make up a state, by their names in the folder: a backup needs all of them, from one moment. What else lies there can be made again.</summary>
    public static IReadOnlyList<string> FilesToPack { get; } = [DatabaseFile, StoreKeyFile.Name];

    /// <summary>Makes the folder where it is missing, and refuses one that others may look into.</summary>
    /// <returns>The path of the database, whether it is there or not.</returns>
    /// <exception cref="StateException">Others may read or write it, or it cannot be made.</exception>
    public static string Prepare(string folder)
    {
        try
        {
            SecureFolder.Make(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"The state folder {folder} cannot be made: {e.Message}", e);
        }
        RefuseOpenMode(folder, FileModes.Folder);
        var file = Path.Combine(folder, DatabaseFile);
        if (File.Exists(file)) RefuseOpenMode(file, FileModes.Private);
        // The journal alone: SQLite would begin an empty database beside it, and all pins would be forgotten without a word.
        else if (File.Exists($"{file}-wal")) throw new StateException($"The state {file} is missing, but its journal {file}-wal is there: restore the file from a copy.");
        return file;
    }

    public static void RefuseOpenMode(string path, UnixFileMode right)
    {
        if (OperatingSystem.IsWindows()) return;
        var mode = File.GetUnixFileMode(path);
        if (FileModes.IsOpen(mode))
        {
            throw new StateException(
                $"Other users of this machine can get at {path} (mode {FileModes.ToOctal(mode)}), which holds what only you may see; close it with: chmod {FileModes.ToOctal(right)[1..]} '{path}'");
        }
    }
}
