namespace NesActors.Faults.Trials;

/// <summary>What came of a direction's messages, which are numbered from 1.</summary>
/// <param name="Losses">Numbers that never came.</param>
/// <param name="Duplicates">Numbers that came more than once, each time but the first.</param>
/// <param name="Disorder">Numbers that came behind a higher one.</param>
internal readonly record struct Findings(int Losses, int Duplicates, int Disorder)
{
    public bool IsClean => this == default;

    public static Findings Of(IReadOnlyList<int> received, int expected)
    {
        var seen = new HashSet<int>();
        var (highest, disorder) = (0, 0);
        foreach (var number in received)
        {
            if (!seen.Add(number)) continue;
            if (number < highest) disorder++;
            highest = Math.Max(highest, number);
        }
        return new Findings(Enumerable.Range(1, expected).Count(number => !seen.Contains(number)), received.Count - seen.Count, disorder);
    }

    public static Findings operator +(Findings one, Findings other) =>
        new(one.Losses + other.Losses, one.Duplicates + other.Duplicates, one.Disorder + other.Disorder);
}
