using NesActors.Contracts.Crypto;

namespace NesActors.Cli.Bench;

/// <summary>Sets suites beside each other: each seals and opens texts of the same lengths, in turns of a fiftieth of a second, on one thread.</summary>
/// <param name="clock">Measures.</param>
/// <param name="time">How long each suite seals, and how long it opens, texts of one length.</param>
internal sealed class SuiteBench(TimeProvider clock, TimeSpan time)
{
    private const int WarmUpSlices = 5;

    /// <summary>Measures. What a suite throws becomes its <see cref="SuiteFigures.Problem"/>, and the others go on.</summary>
    /// <returns>The figures, of one length after the other.</returns>
    public IReadOnlyList<SuiteFigures> Run(IReadOnlyList<(BenchPlugin Plugin, Func<ICryptoSuite> Make)> suites, IReadOnlyList<int> sizes, CancellationToken cancellation)
    {
        var figures = new List<SuiteFigures>();
        var lanes = suites.Select(suite => new Lane(suite.Plugin, suite.Make)).ToList();
        try
        {
            foreach (var lane in lanes) lane.Try(() => lane.Begin(clock, cancellation));
            foreach (var size in sizes)
            {
                foreach (var lane in lanes) lane.Try(() => lane.Prepare(clock, size));
                Turns(lanes, WarmUpSlices, cancellation);
                foreach (var lane in lanes) lane.Forget();
                Turns(lanes, Math.Max(1, (int)(time / Rate.Slice)), cancellation);
                figures.AddRange(lanes.Select(lane => lane.Figures(size)));
            }
            return figures;
        }
        finally
        {
            foreach (var lane in lanes) lane.Dispose();
        }
    }

    private static void Turns(List<Lane> lanes, int rounds, CancellationToken cancellation)
    {
        for (var round = 0; round < rounds; round++)
        {
            foreach (var lane in lanes)
            {
                cancellation.ThrowIfCancellationRequested();
                lane.Try(lane.RunSlice);
            }
        }
    }

    /// <summary>One suite on its way, until something goes wrong with it.</summary>
    private sealed class Lane(BenchPlugin plugin, Func<ICryptoSuite> make) : IDisposable
    {
        private SuiteRun? _run;
        private Rate? _seal, _open;
        private int _frameBytes;
        private string? _problem;

        public void Begin(TimeProvider clock, CancellationToken cancellation) => _run = new SuiteRun(make(), clock, cancellation);

        public void Prepare(TimeProvider clock, int size)
        {
            var text = new string('x', size);
            var frame = _run!.Seal(text);
            _run.Open(frame, text);
            (_frameBytes, _seal, _open) = (frame.Length, new Rate(clock, () => _run.Seal(text)), new Rate(clock, () => _run.Open(frame, text)));
        }

        public void RunSlice()
        {
            _seal!.RunSlice();
            _open!.RunSlice();
        }

        public void Forget()
        {
            _seal?.Forget();
            _open?.Forget();
        }

        public SuiteFigures Figures(int size) => _problem is null
            ? new SuiteFigures(plugin.Names[0], plugin.Id, size) { FrameBytes = _frameBytes, KeysMilliseconds = _run!.KeysMilliseconds, SealsPerSecond = _seal!.PerSecond, OpensPerSecond = _open!.PerSecond }
            : new SuiteFigures(plugin.Names[0], plugin.Id, size) { Problem = _problem };

        /// <summary>It is anybody's code: whatever it throws is told of it, and ends its part alone.</summary>
        public void Try(Action work)
        {
            if (_problem is not null) return;
            try
            {
                work();
            }
            catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException))
            {
                _problem = $"{error.GetType().Name}: {error.Message}";
            }
        }

        public void Dispose() => Try(() => _run?.Dispose());
    }
}
