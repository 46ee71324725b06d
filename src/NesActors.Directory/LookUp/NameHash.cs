namespace NesActors.Directory.LookUp;

/// <summary>
/// A hash of a name that is keyed anew in each process (the framework's for text, Marvin), so that nobody can choose names that collide. Names that do
/// collide by chance, one pair among some ten thousand, cost a query or a place in the cache and nothing else.
/// </summary>
internal static class NameHash
{
    public static uint Of(ReadOnlySpan<char> name) => (uint)string.GetHashCode(name);
}
