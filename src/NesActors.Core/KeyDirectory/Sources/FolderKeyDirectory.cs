using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>
/// A folder of PEM files in place of a directory, for experiments off-line: <c>NAME-rsa-message.pub</c> and <c>NAME-rsa-sign.pub</c>, which is how
/// key files are named. Nothing is signed: whoever may write to the folder decides whose keys these are.
/// </summary>
public sealed class FolderKeyDirectory : IKeyDirectorySource
{
    private const int MaxFile = 16 * 1024;

    private static readonly (string Entry, string Suffix)[] Files =
    [
        (PublicRecord.MessageKey, "-rsa-message.pub"),
        (PublicRecord.SignKey, "-rsa-sign.pub"),
    ];

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
        foreach (var (entry, suffix) in Files)
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
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return new LookupResult.Unavailable(SafeLine.Of(e.Message));
            }
            catch (DecoderFallbackException)
            {
                return new LookupResult.Untrusted($"{file} is no text");
            }
        }
        if (entries.Count == 0) return new LookupResult.NotFound();
        return missing.Count == 0
            ? new LookupResult.Found(new PublicRecord(user, entries))
            : new LookupResult.Unavailable($"{missing[0]} is missing");
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
