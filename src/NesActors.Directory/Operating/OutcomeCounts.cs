using System.Diagnostics.Metrics;

namespace NesActors.Directory.Operating;

/// <summary>Numbers of answers by what they said: a few fields, so that counting one costs nothing to speak of.</summary>
internal sealed class OutcomeCounts
{
    private static readonly string[] Names = ["done", "unchanged", "absent", "limited", "refused", "failed"];

    private readonly long[] _counts = new long[Names.Length];

    public void Count(int status) => Interlocked.Increment(ref _counts[status switch
    {
        304 => 1,
        < 400 => 0,
        404 => 2,
        429 => 3,
        < 500 => 4,
        _ => 5,
    }]);

    public IEnumerable<Measurement<long>> Read() => Names.Select((name, index) => new Measurement<long>(Interlocked.Read(ref _counts[index]), Outcome(name)));

    public static KeyValuePair<string, object?> Outcome(string name) => new("outcome", name);
}
