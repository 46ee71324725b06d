using System.Text.Json;

namespace NesActors.Testing.Vectors;

/// <summary>Reads the vectors that lie beside the tests; see tests/Vectors/README.md.</summary>
internal static class VectorFiles
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Vectors", "nes-v1");
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IReadOnlyList<T> ReadList<T>(string file) =>
        JsonSerializer.Deserialize<T[]>(File.ReadAllBytes(Path.Combine(Folder, file)), Options)!;

    public static string ReadKey(string name) => File.ReadAllText(Path.Combine(Folder, "keys", name));
}
