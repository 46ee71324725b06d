using System.Text.Json;

namespace NesActors.Testing.Vectors;

/// <summary>The vectors of docs/protocol-nes2.md that a parser begins with: frames from amy to ben, and what both say for suite nes2.</summary>
public static class Nes2Vectors
{
    private static readonly JsonElement Root = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "nes2", "frames.json"))).RootElement;

    public static IReadOnlyList<byte[]> Frames { get; } = [.. Root.GetProperty("frames").EnumerateArray().Select(frame => frame.GetProperty("frame").GetBytesFromBase64())];

    /// <summary>What amy composed: the recipient's name, and the message.</summary>
    public static IReadOnlyList<byte[]> Composed { get; } = [.. Root.GetProperty("frames").EnumerateArray().Select(frame => Convert.FromHexString(frame.GetProperty("composed").GetString()!))];

    public static IReadOnlyList<string> Statements { get; } = [.. Root.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("statement").GetString()!)];
}
