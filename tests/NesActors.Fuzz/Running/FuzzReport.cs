namespace NesActors.Fuzz.Running;

/// <summary>A case for which something that must hold does not.</summary>
internal sealed record FuzzFinding(FuzzCase Case, string Target, byte[] Input, Exception Error)
{
    /// <summary>For a person: what it is, and how to see it again.</summary>
    public override string ToString() =>
        $"""
        {Target}, seed {Case.Seed}, case {Case.Number}: {(Error is PropertyException ? Error.Message : Error)}
        Its input of {Input.Length} bytes: {Convert.ToBase64String(Input.AsSpan(0, Math.Min(Input.Length, 3000)))}
        Again: dotnet run -c Release --project tests/NesActors.Fuzz -- repeat {Case.Seed} {Case.Number}, and the part where only one was run
        """;
}

/// <summary>What came of a run: how often each outcome, the findings, and what was allocated at most.</summary>
internal sealed class FuzzReport
{
    /// <summary>A run that finds this much stops.</summary>
    public const int MaxFindings = 20;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, long> _outcomes = new(StringComparer.Ordinal);
    private readonly List<FuzzFinding> _findings = [];

    public IReadOnlyDictionary<string, long> Outcomes => _outcomes;

    public IReadOnlyList<FuzzFinding> Findings
    {
        get { lock (_gate) return [.. _findings]; }
    }

    /// <summary>The most bytes that one case allocated.</summary>
    public long MostAllocated { get; private set; }

    public void Add(FuzzFinding finding)
    {
        lock (_gate) _findings.Add(finding);
    }

    public void Add(IReadOnlyDictionary<string, long> outcomes, long mostAllocated)
    {
        lock (_gate)
        {
            foreach (var (outcome, count) in outcomes) _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + count;
            MostAllocated = Math.Max(MostAllocated, mostAllocated);
        }
    }
}
