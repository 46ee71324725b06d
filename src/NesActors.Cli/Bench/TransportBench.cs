using System.Collections.Concurrent;
using NesActors.Contracts.FrontEnd;
using NesActors.Contracts.Transport;

namespace NesActors.Cli.Bench;

/// <summary>Sends frames through a transport from one connection to another of this process, first one by one, then many at once.</summary>
/// <param name="clock">Measures.</param>
/// <param name="time">How long frames of one length are sent one by one, and how long at once.</param>
internal sealed class TransportBench(TimeProvider clock, TimeSpan time)
{
    /// <summary>How many frames are on the way at once: fewer than any carrier's queue holds.</summary>
    public const int OnTheWay = 64;

    private const int MaxLost = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Measures. What the transport throws becomes a row's <see cref="TransportFigures.Problem"/>.</summary>
    /// <param name="plugin">The plugin's id.</param>
    /// <param name="make">Makes connections.</param>
    /// <param name="options">Where to connect to.</param>
    /// <param name="sizes">Lengths of frames.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<TransportFigures>> RunAsync(string plugin, Func<ITransport> make, TransportOptions options, IReadOnlyList<int> sizes, CancellationToken cancellation)
    {
        var rows = new List<TransportFigures>();
        var row = new TransportFigures(options.Address.Scheme, plugin) { Address = options.Address };
        try
        {
            var mailbox = new BenchMailbox(clock);
            await using var receiver = make();
            await using var sender = make();
            await receiver.ConnectAsync(options, mailbox.Receive, cancellation);
            await receiver.SubscribeAsync(mailbox.Name, cancellation);
            await sender.ConnectAsync(options, _ => { }, cancellation);
            foreach (var size in sizes)
            {
                row = row with { FrameBytes = size };
                rows.Add(await MeasureAsync(row, sender, mailbox, cancellation));
            }
        }
        catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException) || !cancellation.IsCancellationRequested)
        {
            rows.Add(row with { Problem = error is TransportException ? error.Message : $"{error.GetType().Name}: {error.Message}", ExitCode = error is TransportException known ? Cli.CodeOf(known.Failure) : ExitCode.Usage });
        }
        return rows;
    }

    private async Task<TransportFigures> MeasureAsync(TransportFigures row, ITransport sender, BenchMailbox mailbox, CancellationToken cancellation)
    {
        // The first finds code that is not compiled yet.
        if (await SendAsync(row.FrameBytes, sender, mailbox, cancellation) is null) throw new TransportException(TransportFailure.Unreachable, $"a frame was confirmed and did not arrive within {Patience.TotalSeconds:F0} seconds");
        var alone = new ConcurrentBag<TimeSpan>();
        var begin = clock.GetTimestamp();
        var lost = await SendingAsync(row.FrameBytes, sender, mailbox, alone, () => clock.GetElapsedTime(begin) < time, cancellation);

        var together = new ConcurrentBag<TimeSpan>();
        var start = clock.GetTimestamp();
        var workers = Enumerable.Range(0, OnTheWay).Select(_ => Task.Run(() => SendingAsync(row.FrameBytes, sender, mailbox, together, () => clock.GetElapsedTime(start) < time, cancellation), cancellation));
        lost += (await Task.WhenAll(workers)).Sum();
        var passed = clock.GetElapsedTime(start);

        TimeSpan[] sorted = [.. alone.Order()];
        return sorted.Length == 0
            ? throw new TransportException(TransportFailure.Unreachable, "no frame arrived in time")
            : row with { Median = sorted[sorted.Length / 2], Slow = sorted[(sorted.Length - 1) * 99 / 100], FramesPerSecond = together.Count / passed.TotalSeconds, Lost = lost };
    }

    /// <summary>Sends one frame after the other, until the time is up or too many were lost.</summary>
    /// <returns>How many were lost.</returns>
    private async Task<int> SendingAsync(int size, ITransport sender, BenchMailbox mailbox, ConcurrentBag<TimeSpan> times, Func<bool> goesOn, CancellationToken cancellation)
    {
        var lost = 0;
        do
        {
            if (await SendAsync(size, sender, mailbox, cancellation) is { } took) times.Add(took);
            else lost++;
        }
        while (goesOn() && lost < MaxLost);
        return lost;
    }

    /// <summary>Sends a frame and waits until it is there.</summary>
    /// <returns>How long that took; <see langword="null"/> where it was lost.</returns>
    /// <exception cref="TransportException">The carrier did not take it.</exception>
    private async Task<TimeSpan?> SendAsync(int size, ITransport sender, BenchMailbox mailbox, CancellationToken cancellation)
    {
        var (frame, number, arrival) = mailbox.Next(size);
        try
        {
            var begin = clock.GetTimestamp();
            var result = await sender.PublishAsync(mailbox.Name, frame, cancellation);
            if (result.Outcome != PublishOutcome.Confirmed)
            {
                cancellation.ThrowIfCancellationRequested();
                throw new TransportException(result.Outcome == PublishOutcome.Refused ? TransportFailure.Refused : TransportFailure.Unreachable, $"a frame was not sent: {result.Detail}");
            }
            return clock.GetElapsedTime(begin, await arrival.WaitAsync(Patience, clock, cancellation));
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            mailbox.Forget(number);
        }
    }
}
