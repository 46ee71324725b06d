using System.Collections.Frozen;
using System.Security.Cryptography;

namespace NesActors.FrontEnd.Rest.Web;

/// <summary>A file of the web page, as it is embedded.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ContentType">What it is.</param>
/// <param name="EntityTag">Stands for the bytes, in quotes as HTTP wants it: another content has another.</param>
internal sealed record WebFile(byte[] Content, string ContentType, string EntityTag)
{
    private const string Prefix = "page/";

    /// <summary>All files, by their path within the page: <c>ui/app.js</c>.</summary>
    public static FrozenDictionary<string, WebFile> LoadAll() => typeof(WebFile).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Load, StringComparer.Ordinal);

    private static WebFile Load(string resource)
    {
        using var stream = typeof(WebFile).Assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new WebFile(content, ContentTypeOf(Path.GetExtension(resource)), $"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"");
    }

    private static string ContentTypeOf(string extension) => extension switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => throw new InvalidOperationException($"The page has a file of an unknown kind: {extension}"),
    };
}
