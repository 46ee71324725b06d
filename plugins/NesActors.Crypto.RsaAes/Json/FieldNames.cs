using System.Text.Json;

namespace NesActors.Crypto.RsaAes.Json;

/// <summary>
/// The names that are known in an object. Go's parser matches names without regard to case and lets the last one win; so a name that
/// Go would take for one of these and that is not spelled exactly so is refused: the two programs would read different things.
/// </summary>
internal sealed class FieldNames(params string[] names)
{
    /// <summary>No name is known: those of the object are data.</summary>
    public static readonly FieldNames None = new();

    // A name may be escaped, six bytes for each character (\u006b).
    private readonly int _maxRawLength = names.Select(name => name.Length).DefaultIfEmpty().Max() * 6;

    public int Count => names.Length;

    /// <summary>Which name the reader stands on; −1 for one that is not known.</summary>
    /// <exception cref="JsonException">A known name in another spelling.</exception>
    public int Find(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > _maxRawLength) return -1;
        Span<char> buffer = stackalloc char[_maxRawLength];
        ReadOnlySpan<char> name = buffer[..reader.CopyString(buffer)];
        for (var i = 0; i < names.Length; i++)
        {
            if (name.SequenceEqual(names[i])) return i;
            if (IsVariant(name, names[i])) throw new JsonException("A known name in another spelling.");
        }
        return -1;
    }

    private static bool IsVariant(ReadOnlySpan<char> name, string known)
    {
        if (name.Length != known.Length) return false;
        for (var i = 0; i < name.Length; i++)
        {
            if (Fold(name[i]) != known[i]) return false;
        }
        return true;
    }

    // Simple case folding of Unicode, as far as it leads to a-z.
    private static char Fold(char c) => c switch
    {
        >= 'A' and <= 'Z' => (char)(c | 0x20),
        '\u017F' => 's', // long s
        '\u212A' => 'k', // Kelvin sign
        _ => c,
    };
}
