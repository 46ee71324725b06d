using System.Formats.Tar;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Backup;

/// <summary>What is in a backup of one identity: a tar archive of a manifest, the keys, and the state.</summary>
/// <param name="User">Whose identity it is.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="Keys">The entries of the key store by name.</param>
/// <param name="State">The files of the state folder by name: contacts, pins and history, and the key they are sealed with; empty where there were none.</param>
public sealed record BackupArchive(Username User, DateTimeOffset MadeAt, IReadOnlyDictionary<string, byte[]> Keys, IReadOnlyDictionary<string, byte[]> State)
{
    private const int Version = 1;
    private const string ManifestName = "manifest.json";
    private const string KeysPrefix = "keys/";
    private const string StatePrefix = "state/";
    private const int MaxManifest = 4096;
    private const int MaxKey = 1024 * 1024;
    private const int MaxKeys = 64;

    /// <summary>The archive's bytes, which the caller overwrites.</summary>
    public byte[] ToBytes()
    {
        using var buffer = new MemoryStream();
        using (var tar = new TarWriter(buffer, TarEntryFormat.Pax, leaveOpen: true))
        {
            Write(tar, ManifestName, JsonSerializer.SerializeToUtf8Bytes(new { v = Version, user = User.Value, made = MadeAt.ToUnixTimeMilliseconds() }));
            foreach (var (name, content) in Keys) Write(tar, KeysPrefix + name, content);
            foreach (var (name, content) in State) Write(tar, StatePrefix + name, content);
        }
        return buffer.ToArray();
    }

    /// <summary>Reads an archive, which somebody else may have made: it names entries, never paths.</summary>
    /// <exception cref="FormatException">It is none, or holds something that no backup does.</exception>
    public static BackupArchive Read(byte[] bytes)
    {
        try
        {
            using var tar = new TarReader(new MemoryStream(bytes, writable: false));
            return Read(tar);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or NotSupportedException)
        {
            throw new FormatException($"The content of the backup is damaged: {e.Message}", e);
        }
    }

    private static BackupArchive Read(TarReader tar)
    {
        (Username User, DateTimeOffset MadeAt)? manifest = null;
        var keys = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var state = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)) throw new FormatException("The backup holds something that is no file.");
            switch (entry.Name)
            {
                case ManifestName when manifest is null:
                    manifest = ReadManifest(Content(entry, MaxManifest));
                    break;
                case var name when name.StartsWith(StatePrefix, StringComparison.Ordinal) && StateFolder.FilesToPack.Contains(name[StatePrefix.Length..]):
                    state.Add(name[StatePrefix.Length..], Content(entry, int.MaxValue));
                    break;
                case var name when name.StartsWith(KeysPrefix, StringComparison.Ordinal) && IsEntryName(name[KeysPrefix.Length..]) && keys.Count < MaxKeys:
                    keys.Add(name[KeysPrefix.Length..], Content(entry, MaxKey));
                    break;
                default:
                    throw new FormatException("The backup holds a file that no backup does, or one twice.");
            }
        }
        return manifest is { } about ? new BackupArchive(about.User, about.MadeAt, keys, state) : throw new FormatException("The backup does not say whose it is.");
    }

    private static (Username, DateTimeOffset) ReadManifest(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.GetProperty("v").GetInt32() != Version) throw new FormatException("This backup was made by a newer program.");
        return (Username.Parse(root.GetProperty("user").GetString()!), DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("made").GetInt64()));
    }

    private static byte[] Content(TarEntry entry, int most)
    {
        if (entry.Length > most) throw new FormatException("A file of the backup is too large.");
        var content = new byte[entry.Length];
        entry.DataStream?.ReadExactly(content);
        return content;
    }

    // As FileKeyStore takes them, and the limits of a file's name with a user's before it.
    private static bool IsEntryName(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-');

    private static void Write(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite, DataStream = new MemoryStream(content) });
}
