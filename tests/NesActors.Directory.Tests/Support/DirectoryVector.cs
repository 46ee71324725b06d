using System.Text.Json;

namespace NesActors.Directory.Tests.Support;

/// <summary>An answer that the original directory gave, or that somebody made of one.</summary>
internal sealed record DirectoryVector(string Username, string Body, string Name = "", int Status = 200)
{
    public static IReadOnlyList<DirectoryVector> Valid() => Read("directory-valid.json");

    public static IReadOnlyList<DirectoryVector> Hostile() => Read("directory-hostile.json");

    private static DirectoryVector[] Read(string file) => JsonSerializer.Deserialize<DirectoryVector[]>(
        File.ReadAllText(Path.Combine(TestKeys.Vectors, file)), JsonSerializerOptions.Web)!;
}
