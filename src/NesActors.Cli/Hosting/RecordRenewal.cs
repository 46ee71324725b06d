using Microsoft.Extensions.Logging;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;

namespace NesActors.Cli.Hosting;

/// <summary>
/// Looks at the user's own record when a session begins, and each hour after: a suite with prekeys renews and erases them then, and a source that the user may write to gets what is new.
/// </summary>
internal sealed class RecordRenewal : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    private readonly ILocalIdentity _identity;
    private readonly IRecordKeeper? _keeper;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    public RecordRenewal(ILocalIdentity identity, IKeyDirectorySource directory, TimeProvider clock, ILoggerFactory logging)
    {
        (_identity, _keeper, _log) = (identity, directory as IRecordKeeper, logging.CreateLogger<RecordRenewal>());
        _running = Task.Run(() => RunAsync(clock));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync(TimeProvider clock)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            do await LookAsync(); while (await timer.WaitForNextTickAsync(_stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // The session ends.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            var record = _identity.PublicRecord;
            if (_keeper is not null) await _keeper.RenewAsync(record, _stopping.Token);
        }
        catch (Exception error) when (error is KeyException or IOException or UnauthorizedAccessException)
        {
            // There is time: what is renewed each week holds for two.
            _log.LogWarning("Your public keys could not be renewed: {Reason}", error.Message);
        }
    }
}
