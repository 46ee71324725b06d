namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>
/// The member names of one JSON object as they come. The original's parser ignores case and lets the last one win, ours does not ignore it; so
/// that both see the same values, no name may come twice, and none may differ from another or from a known one by case alone.
/// </summary>
internal sealed class MemberNames(params string[] known)
{
    private readonly HashSet<string> _seen = [];

    /// <returns>False where the name spoils the object.</returns>
    public bool Add(string name)
    {
        var folded = Fold(name);
        return _seen.Add(folded) && (folded == name || !known.Contains(folded));
    }

    // The parser of the original takes the long s and the Kelvin sign for the letters that they look like.
    private static string Fold(string name) => name.Replace('\u017f', 's').Replace('\u212a', 'k').ToLowerInvariant();
}
