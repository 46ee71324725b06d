using NesActors.Contracts.Crypto;
using NesActors.Fuzz.Directories;
using NesActors.Fuzz.Nes1;
using NesActors.Fuzz.Nes2;
using NesActors.Fuzz.Sessions;

namespace NesActors.Fuzz.Running;

/// <summary>All that is fuzzed of suites nes1 and nes2 and of the directory's answers, and in what parts.</summary>
internal sealed class Campaign : IDisposable
{
    /// <summary>One of so many cases goes through a session too.</summary>
    public const int SampleOf = 50;

    private const int BatchSize = 100;
    private readonly DirectoryAnswers _answers = new();
    private readonly SessionParties _nes1 = SessionParties.OfVectors();
    private readonly SessionParties _nes2;

    /// <param name="part">The beginning of the names of those targets that are wanted, <c>nes2</c> for instance; all unless told.</param>
    /// <exception cref="ArgumentException">No target has such a name.</exception>
    public Campaign(string part = "")
    {
        var suite = new Nes1Targets();
        var nes2 = new Nes2Targets();
        _nes2 = nes2.Parties;
        // As often as they stand here.
        Targets = [suite.Bytes, suite.Bytes, suite.Json, suite.Json, suite.Json, suite.Signed, suite.Signed, suite.Signed, suite.Signed, suite.Forged, nes2.Bytes, nes2.Plaintexts, nes2.Signed, nes2.Signed, nes2.Forged, nes2.Statements, _answers];
        Targets = [.. Targets.Where(target => target.Name.StartsWith(part, StringComparison.Ordinal))];
        if (Targets.Count == 0) throw new ArgumentException($"No target's name begins with {part}.", nameof(part));
    }

    public IReadOnlyList<IFuzzTarget> Targets { get; }

    public FuzzReport Run(long cases, int seed) => new FuzzRun(Targets, seed).Run(cases);

    /// <summary>The suites of which there is a session.</summary>
    public static IReadOnlyList<string> Suites { get; } = ["nes1", "nes2"];

    /// <summary>Sends one of <see cref="SampleOf"/> cases of a run through a session of a suite, those of the other among them.</summary>
    /// <returns>How many frames it took, and what it dropped.</returns>
    /// <exception cref="PropertyException">It did not go on after some of them.</exception>
    public async Task<(int Frames, IReadOnlyDictionary<DropReason, long> Dropped)> RunSessionAsync(string suite, long cases, int seed)
    {
        await using var session = await SessionRun.StartAsync(suite == "nes2" ? _nes2 : _nes1);
        var numbers = Enumerable.Range(0, (int)(cases / SampleOf)).Select(sample => new FuzzCase(seed, (long)sample * SampleOf));
        var frames = numbers.Select(one => one.Make(Targets)).Where(made => made.Target is IFrameTarget).Select(made => ((IFrameTarget)made.Target).ToFrame(made.Input));
        foreach (var batch in frames.Chunk(BatchSize)) await session.TakeAsync(batch);
        return (session.Sent, await session.SettleAsync());
    }

    public void Dispose()
    {
        _answers.Dispose();
        _nes1.Amy.Dispose();
        _nes2.Amy.Dispose();
    }
}
