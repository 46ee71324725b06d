namespace NesActors.Fuzz.Running;

/// <summary>Runs cases on all cores.</summary>
internal sealed class FuzzRun(IReadOnlyList<IFuzzTarget> targets, int seed)
{
    /// <summary>How much a case may allocate: what its input is worth several times over, and something for the rest.</summary>
    private const long AllocatedPerByte = 40, AllocatedBesides = 256 * 1024;

    /// <summary>Runs so many cases, from number 0.</summary>
    public FuzzReport Run(long cases)
    {
        var report = new FuzzReport();
        Parallel.For(
            0L,
            cases,
            () => new Counts(),
            (number, loop, counts) =>
            {
                if (report.Findings.Count >= FuzzReport.MaxFindings) loop.Stop();
                else RunCase(new FuzzCase(seed, number), counts, report);
                return counts;
            },
            counts => report.Add(counts.Outcomes, counts.MostAllocated));
        return report;
    }

    private void RunCase(FuzzCase one, Counts counts, FuzzReport report)
    {
        var (target, input) = one.Make(targets);
        try
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var outcome = target.Check(input);
            counts.Count($"{target.Name}: {outcome}", GC.GetAllocatedBytesForCurrentThread() - before, input.Length);
        }
        catch (Exception error)
        {
            report.Add(new FuzzFinding(one, target.Name, input, error));
        }
    }

    private sealed class Counts
    {
        public Dictionary<string, long> Outcomes { get; } = [];

        public long MostAllocated { get; private set; }

        public void Count(string outcome, long allocated, int length)
        {
            if (allocated > AllocatedBesides + AllocatedPerByte * length) throw new PropertyException($"{allocated:N0} bytes were allocated for an input of {length:N0}.");
            MostAllocated = Math.Max(MostAllocated, allocated);
            Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + 1;
        }
    }
}
