using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using NesActors.Core.Keys;
using NesActors.Core.Protection;
using NesActors.Core.Storage.Sqlite;

namespace NesActors.Core.Storage.State;

/// <summary>Takes a copy of an identity's durable memory, and puts one in place of it.</summary>
internal sealed class StateCopy : IDisposable
{
    private const string DatabaseFile = StateFolder.DatabaseFile;

    private readonly string _folder;
    private readonly string _prepared;
    private readonly byte[]? _key;

    private StateCopy(string folder, string prepared, byte[]? key) => (_folder, _prepared, _key) = (folder, prepared, key);

    /// <summary>The state as it is at one moment, while others go on using it.</summary>
    /// <param name="folder">The state folder.</param>
    /// <param name="wrap">That of the unlocked keyring; null where the identity has none.</param>
    /// <returns>The files by name, the key in the clear; none where there is no state.</returns>
    /// <exception cref="StateException">It cannot be read.</exception>
    public static IReadOnlyDictionary<string, byte[]> Take(string folder, KeyWrap? wrap)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (!File.Exists(Path.Combine(folder, DatabaseFile))) return files;
        using (StateDatabase.Open(folder)) { }
        var copy = Path.Combine(folder, $"{DatabaseFile}.{Path.GetRandomFileName()}.tmp");
        try
        {
            // Made here, so that nobody else can read it: SQLite fills an empty file.
            AtomicFile.Write(copy, [], FileModes.Private, replace: false);
            using (var connection = Connect(Path.Combine(folder, DatabaseFile))) connection.Execute("VACUUM INTO @copy", new { copy });
            files.Add(DatabaseFile, File.ReadAllBytes(copy));
            // After the database: a key that is made meanwhile is then that of no row in the copy, and never the other way round.
            if (StoreKeyFile.ReadUnwrapped(folder, wrap) is { } key) files.Add(StoreKeyFile.Name, key);
            return files;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StateException($"The state in {folder} cannot be copied: {e.Message}", e);
        }
        finally
        {
            Erase(copy);
        }
    }

    /// <summary>Writes a copy beside the folder and checks that it can be used.</summary>
    /// <param name="folder">The state folder.</param>
    /// <param name="files">From <see cref="Take"/>, or from somebody else.</param>
    /// <exception cref="StateException">It cannot.</exception>
    public static StateCopy Prepare(string folder, IReadOnlyDictionary<string, byte[]> files)
    {
        if (!files.ContainsKey(DatabaseFile)) throw new StateException("The backup has a key for a state, and no state.");
        var prepared = $"{folder}.{Path.GetRandomFileName()}.tmp";
        try
        {
            SecureFolder.Make(prepared);
            AtomicFile.Write(Path.Combine(prepared, DatabaseFile), files[DatabaseFile], FileModes.Private);
            using (var connection = Connect(Path.Combine(prepared, DatabaseFile))) Check(connection);
            var key = files.GetValueOrDefault(StoreKeyFile.Name);
            using (var opened = StateDatabase.Open(prepared))
            {
                if (key is not null && !KeyTable.IsSealedBy(opened, StoreKeyFile.Parse(key))) throw new StateException("The state of the backup is damaged: its key is not the one that the messages in it are sealed with");
            }
            return new StateCopy(folder, prepared, key);
        }
        catch (Exception e)
        {
            Erase(prepared);
            if (e is SqliteException or IOException or UnauthorizedAccessException) throw new StateException($"The state of the backup cannot be used: {e.Message}", e);
            throw;
        }
    }

    /// <summary>Makes it the state of the identity.</summary>
    /// <param name="now">The time, for the name of what was there before.</param>
    /// <param name="wrap">What the data key is to be wrapped by; null: it will lie in the clear.</param>
    /// <returns>The new name of the folder that was there before; null where there was none.</returns>
    /// <exception cref="StateException">It cannot be put there; what was there still is.</exception>
    public string? PutInPlace(DateTimeOffset now, KeyWrap? wrap)
    {
        if (_key is not null) StoreKeyFile.Write(_prepared, StoreKeyFile.Parse(_key), wrap);
        string? before = null;
        try
        {
            if (Directory.Exists(_folder))
            {
                before = $"{_folder}.before-{now.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture)}";
                Directory.Move(_folder, before);
            }
            Directory.Move(_prepared, _folder);
            return before;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (before is not null && !Directory.Exists(_folder) && Directory.Exists(before)) Directory.Move(before, _folder);
            throw new StateException($"The state cannot be put into {_folder}: {e.Message}", e);
        }
    }

    public void Dispose() => Erase(_prepared);

    /// <summary>Somebody else may have made it: nothing in it may run, and every page must be whole.</summary>
    private static void Check(SqliteConnection connection)
    {
        connection.Execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
        var answer = connection.ExecuteScalar<string>("PRAGMA integrity_check(1)");
        if (answer != "ok") throw new StateException($"The state of the backup is damaged: {answer}");
        if (connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')") > 0) throw new StateException("The state of the backup holds what this program never writes.");
    }

    private static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Erase(string path)
    {
        if (File.Exists(path)) File.Delete(path);
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
    }
}
