using System.Text.Json;

namespace NesActors.Crypto.Tests.Nes2;

/// <summary>Reads numbers that others published (tests/Vectors/public, each with its source).</summary>
internal static class PublicVectors
{
    public static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "public", file))).RootElement;

    /// <summary>A value in hexadecimal, in one line or several.</summary>
    public static byte[] Bytes(JsonElement element, string name) => element.GetProperty(name) is { ValueKind: JsonValueKind.Array } lines
        ? Hex(string.Concat(lines.EnumerateArray().Select(line => line.GetString())))
        : Hex(element.GetProperty(name).GetString()!);

    public static byte[] Hex(string text) => Convert.FromHexString(text);
}
