using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Keys;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>
/// A folder of files in place of a directory, for experiments off-line: <c>NAME-rsa-message.pub</c>, <c>NAME-rsa-sign.pub</c>, and <c>NAME-statement-SUITE.pub</c> for each suite that has
/// statements, which is how key files are named. Who uses a suite without RSA keys has a statement alone. The folder signs nothing: whoever may write to it decides whose keys these are.
/// </summary>
public sealed class FolderKeyDirectory : IKeyDirectorySource, IRecordKeeper
{
    private const int MaxFile = 16 * 1024;
    private const int MaxStatements = 8;
    private const string MessageSuffix = "-rsa-message.pub", SignSuffix = "-rsa-sign.pub", StatementMark = "-statement-", Extension = ".pub";

    private static readonly (string Entry, string Suffix)[] Required = [(PublicRecord.MessageKey, MessageSuffix), (PublicRecord.SignKey, SignSuffix)];

    private static readonly string StatementEntry = PublicRecord.StatementOf("");

    /// <summary>Reads from a folder, which need not be there yet.</summary>
    public FolderKeyDirectory(string folder) => Folder = Path.GetFullPath(folder);

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    public async Task<LookupResult> LookUpAsync(Username user, CancellationToken cancellation)
    {
        if (!System.IO.Directory.Exists(Folder)) return new LookupResult.Unavailable($"there is no folder {Folder}");
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        var missing = new List<string>();
        try
        {
            foreach (var (entry, suffix) in Required.Concat(StatementsOf(user)))
            {
                var file = Path.Combine(Folder, user.Value + suffix);
                try
                {
                    entries[entry] = await ReadAsync(file, cancellation).ConfigureAwait(false);
                }
                catch (FileNotFoundException)
                {
                    missing.Add(file);
                }
                catch (DecoderFallbackException)
                {
                    return new LookupResult.Untrusted($"{file} is no text");
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new LookupResult.Unavailable(SafeLine.Of(e.Message));
        }
        if (entries.Count == 0) return new LookupResult.NotFound();
        return missing.Count is 0 || missing.Count == Required.Length
            ? new LookupResult.Found(new PublicRecord(user, entries))
            : new LookupResult.Unavailable($"{missing[0]} is missing");
    }

    /// <inheritdoc/>
    public async Task<RenewalResult> RenewAsync(PublicRecord mine, CancellationToken cancellation)
    {
        try
        {
            if (await IsThereAsync(mine, cancellation).ConfigureAwait(false) == true) await PutAsync(mine, cancellation).ConfigureAwait(false);
            return new RenewalResult.Kept();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new RenewalResult.Failed(SafeLine.Of(e.Message));
        }
    }

    /// <summary>Whether the folder has keys of a user: by their sign key, or, where their suite has none, by their statement, which must then be the same.</summary>
    /// <returns><see langword="true"/>: the same; <see langword="false"/>: others; <see langword="null"/>: none.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">As before.</exception>
    public async Task<bool?> IsThereAsync(PublicRecord mine, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mine);
        var telling = mine.Entries.ContainsKey(PublicRecord.SignKey) ? PublicRecord.SignKey : mine.Entries.Keys.FirstOrDefault(entry => SuffixOf(entry) is not null);
        if (telling is null) return null;
        return await TryReadAsync(Path.Combine(Folder, mine.User.Value + SuffixOf(telling)), cancellation).ConfigureAwait(false) is { } there
            ? there.AsSpan().Trim().SequenceEqual(mine.Entries[telling].AsSpan().Trim())
            : null;
    }

    /// <summary>Writes a record's files, each whole, in the place of what is there.</summary>
    /// <returns>The files that are others now.</returns>
    /// <exception cref="IOException">One cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">As before.</exception>
    public async Task<IReadOnlyList<string>> PutAsync(PublicRecord mine, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mine);
        System.IO.Directory.CreateDirectory(Folder);
        var written = new List<string>();
        foreach (var (entry, text) in mine.Entries)
        {
            if (SuffixOf(entry) is not { } suffix) continue;
            var file = Path.Combine(Folder, mine.User.Value + suffix);
            if (await TryReadAsync(file, cancellation).ConfigureAwait(false) == text) continue;
            AtomicFile.Write(file, Encoding.UTF8.GetBytes(text), FileModes.Public);
            written.Add(file);
        }
        return written;
    }

    private IEnumerable<(string Entry, string Suffix)> StatementsOf(Username user) =>
        System.IO.Directory.EnumerateFiles(Folder, $"{user}{StatementMark}*{Extension}").Take(MaxStatements)
            .Select(file => Path.GetFileName(file)[user.Value.Length..])
            .Select(suffix => (PublicRecord.StatementOf(suffix[StatementMark.Length..^Extension.Length]), suffix));

    private static string? SuffixOf(string entry)
    {
        if (Required.FirstOrDefault(required => required.Entry == entry).Suffix is { } suffix) return suffix;
        if (!entry.StartsWith(StatementEntry, StringComparison.Ordinal)) return null;
        var suite = entry[StatementEntry.Length..];
        return suite.Length > 0 && suite.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? StatementMark + suite + Extension : null;
    }

    private static async Task<string?> TryReadAsync(string file, CancellationToken cancellation)
    {
        try
        {
            return await ReadAsync(file, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (DecoderFallbackException)
        {
            // No text, so not the one that is asked for.
            return "";
        }
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellation)
    {
        using var stream = File.OpenRead(file);
        var buffer = new byte[MaxFile + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        if (length > MaxFile) throw new IOException($"{file} is too large for a public key");
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(buffer, 0, length);
    }
}
