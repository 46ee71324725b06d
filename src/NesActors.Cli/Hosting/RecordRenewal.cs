using Microsoft.Extensions.Logging;
using NesActors.Contracts.Crypto;
using NesActors.Core.Hosting;
using NesActors.Core.KeyDirectory.Sources;

namespace NesActors.Cli.Hosting;

/// <summary>
/// Looks at the user's own record when a session begins, and each hour after: a suite with prekeys renews and erases them then, and the place where others look for it gets what is new. What fails is
/// tried again, later each time. The session does not wait for any of this.
/// </summary>
internal sealed class RecordRenewal : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);
    private static readonly Backoff Pauses = new(TimeSpan.FromMinutes(1), Period, 0.2);

    private readonly ILocalIdentity _identity;
    private readonly IKeyDirectorySource _directory;
    private readonly IRecordKeeper? _keeper;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;
    private volatile string? _trouble;

    /// <param name="identity">Whose record.</param>
    /// <param name="directory">Where others look for it.</param>
    /// <param name="keeper">Puts it there; <see langword="null"/>: nowhere that the user may write to.</param>
    /// <param name="clock">The time.</param>
    /// <param name="logging">Told of what fails.</param>
    public RecordRenewal(ILocalIdentity identity, IKeyDirectorySource directory, IRecordKeeper? keeper, TimeProvider clock, ILoggerFactory logging)
    {
        (_identity, _directory, _keeper, _clock, _log) = (identity, directory, keeper, clock, logging.CreateLogger<RecordRenewal>());
        _running = Task.Run(RunAsync);
    }

    /// <summary>Why others do not find what they should, for a person; <see langword="null"/> where nothing is wrong.</summary>
    public string? Trouble => _trouble;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        var failures = 0;
        try
        {
            while (true)
            {
                failures = await LookAsync() ? 0 : failures + 1;
                await Task.Delay(failures == 0 ? Period : Pauses.Delay(failures, Random.Shared.NextDouble()), _clock, _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The session ends.
        }
    }

    /// <returns>False where it should be tried again before the hour is over.</returns>
    private async Task<bool> LookAsync()
    {
        try
        {
            await _identity.BindToAsync(_directory, _stopping.Token);
            var record = _identity.PublicRecord;
            var result = _keeper is null ? new RenewalResult.Kept() : await _keeper.RenewAsync(record, _stopping.Token);
            Tell(result switch { RenewalResult.NotTaken not => not.Detail, RenewalResult.Failed failed => failed.Detail, _ => null });
            return result is not RenewalResult.Failed;
        }
        catch (Exception error) when (error is KeyException or IOException or UnauthorizedAccessException)
        {
            Tell(error.Message);
            return false;
        }
    }

    // There is time: what is renewed each week holds for two. So each cause is told once, and status tells it as long as it lasts.
    private void Tell(string? trouble)
    {
        if (trouble is not null && trouble != _trouble) _log.LogWarning("What you say for your suites is not published: {Reason}", trouble);
        _trouble = trouble;
    }
}
