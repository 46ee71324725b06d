using NesActors.Contracts.Crypto;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>Chooses a source by what a person wrote as the directory's address.</summary>
public static class KeyDirectorySources
{
    /// <summary>
    /// <c>http://</c> and <c>https://</c>: a directory; <c>file://</c> or a path with a slash in it: a folder of PEM files.
    /// </summary>
    /// <param name="address">The address.</param>
    /// <param name="publicKeyPem">The directory's key; <see langword="null"/> for the original's directory, whose key is built in, and for a folder.</param>
    /// <param name="configure">Sets time limit, proxy and authorities of an HTTP directory.</param>
    /// <exception cref="FormatException">The address is none of those.</exception>
    /// <exception cref="KeyException">The key is missing or cannot be used.</exception>
    public static IKeyDirectorySource Create(
        string address, string? publicKeyPem = null, Func<HttpKeyDirectoryOptions, HttpKeyDirectoryOptions>? configure = null)
    {
        if (TryGetFolder(address) is { } folder) return new FolderKeyDirectory(folder);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            throw new FormatException($"The address of a key directory is http(s)://HOST/PATH, or a folder; it is not: {SafeLine.Of(address)}");
        var options = new HttpKeyDirectoryOptions(uri, publicKeyPem ?? BuiltInKey(uri));
        try
        {
            return new HttpKeyDirectory(configure is null ? options : configure(options));
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static string BuiltInKey(Uri address) =>
        address.AbsoluteUri.TrimEnd('/') == OriginalDirectory.Address
            ? OriginalDirectory.PublicKeyPem
            : throw new KeyException($"The directory {address.Authority} needs its public key (directory.pub of whoever runs it).");

    private static string? TryGetFolder(string address)
    {
        if (address.StartsWith("file://", StringComparison.Ordinal) && Uri.TryCreate(address, UriKind.Absolute, out var uri)) return uri.LocalPath;
        return address.Contains("://", StringComparison.Ordinal) || !address.Contains('/', StringComparison.Ordinal) ? null : address;
    }
}
