using System.Net;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Storage;
using NesActors.FrontEnd.Rest.Streams;

namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>
/// The webhooks of one identity, and a worker for each that is enabled, as long as there is a session. Without one they can be managed all the same, and nobody is told anything.
/// </summary>
internal sealed class WebhookDispatcher : IAsyncDisposable
{
    /// <summary>How long it waits after a fault that is not the receiver's.</summary>
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(30);

    private readonly Username _user;
    private readonly EventFeed? _feed;
    private readonly GatewayRequest _request;
    private readonly TokenStore _tokens;
    private readonly WebhookClient _client;
    private readonly OldSecretEraser _eraser;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, Running> _running = [];
    private bool _isStarted, _isDisposed;

    /// <param name="identity">The identity.</param>
    /// <param name="feed">The events of its session; <see langword="null"/> where there is none.</param>
    /// <param name="tokens">Its tokens, with which webhooks end.</param>
    /// <param name="database">What is kept of it, to be read.</param>
    /// <param name="writer">The same, to be written.</param>
    /// <param name="request">What is served, and how.</param>
    public WebhookDispatcher(GatewayIdentity identity, EventFeed? feed, TokenStore tokens, GatewayDatabase database, GatewayWriter writer, GatewayRequest request)
    {
        (_user, _feed, _tokens, _request) = (identity.User, feed, tokens, request);
        Webhooks = new WebhookStore(database, writer, request.Clock);
        _eraser = new OldSecretEraser(Webhooks, request.Clock);
        Deliveries = new DeliveryStore(database, writer, request.Clock, Random.Shared.NextDouble);
        _client = new WebhookClient(new CheckedConnector(request.MayCallPrivateAddresses, Dns.GetHostAddressesAsync), request.ProgramVersion, request.Clock);
    }

    /// <summary>The webhooks, to be read.</summary>
    public WebhookStore Webhooks { get; }

    /// <summary>What was not taken, to be read.</summary>
    public DeliveryStore Deliveries { get; }

    /// <summary>Whether addresses of this machine and of private networks are called.</summary>
    public bool MayCallPrivateAddresses => _request.MayCallPrivateAddresses;

    /// <summary>Begins to tell receivers of events, from where each has stopped.</summary>
    public Task StartAsync() => InTurnAsync(async () =>
    {
        _isStarted = true;
        await Webhooks.EraseOldSecretsAsync().ConfigureAwait(false);
        _eraser.Plan();
        foreach (var webhook in Webhooks.All()) Start(webhook);
        return true;
    });

    /// <summary>Registers a receiver.</summary>
    /// <param name="url">Where it is.</param>
    /// <param name="events">What it is told.</param>
    /// <param name="name">What the person calls it.</param>
    /// <param name="token">The token with which it ends; <see langword="null"/>: with none.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>It, and its secret; <see langword="null"/> where there are too many.</returns>
    public Task<(Webhook Webhook, string Secret)?> CreateAsync(Uri url, EventTypes events, string? name, string? token, CancellationToken cancellation) => InTurnAsync(async () =>
    {
        long? position = _feed is null ? null : await _feed.NewestAsync(cancellation).ConfigureAwait(false);
        var made = await Webhooks.CreateAsync(url, events, name, token, position).ConfigureAwait(false);
        if (made is { } one) Start(one.Webhook);
        return made;
    });

    /// <summary>Removes a webhook; what it was to be told is told nobody.</summary>
    /// <returns>Whether it was there.</returns>
    public Task<bool> RemoveAsync(string id) => InTurnAsync(async () =>
    {
        await StopAsync(id).ConfigureAwait(false);
        return await Webhooks.RemoveAsync(id).ConfigureAwait(false);
    });

    /// <summary>Lets a webhook be told of events, or ends that for now.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="isEnabled">Whether it is to be told.</param>
    /// <param name="token">The token of whoever wants that, which takes the place of one that has ended; <see langword="null"/>: there is none.</param>
    /// <returns>The webhook then; <see langword="null"/> where there is none.</returns>
    public Task<Webhook?> SetEnabledAsync(string id, bool isEnabled, string? token) => InTurnAsync(async () =>
    {
        var known = Webhooks.Find(id);
        if (known is null || isEnabled == (known.Status == WebhookStatus.Enabled)) return known;
        await StopAsync(id).ConfigureAwait(false);
        await (isEnabled ? Webhooks.EnableAsync(id, known.Token is { } own && !_tokens.IsValid(own) ? token : known.Token) : Webhooks.DisableAsync(id)).ConfigureAwait(false);
        var webhook = Webhooks.Find(id);
        if (webhook is not null) Start(webhook);
        return webhook;
    });

    /// <summary>Stops telling those at once that end with a token which has ended; what is under way to them is given up.</summary>
    public Task StopEndedAsync() => InTurnAsync(async () =>
    {
        foreach (var ended in Webhooks.All().Where(webhook => webhook.Status == WebhookStatus.TokenEnded)) await StopAsync(ended.Id).ConfigureAwait(false);
        return true;
    });

    /// <summary>Gives a webhook another secret, see <see cref="WebhookStore.RotateAsync"/>.</summary>
    public Task<string?> RotateAsync(string id) => InTurnAsync(async () =>
    {
        await Webhooks.EraseOldSecretsAsync().ConfigureAwait(false);
        var secret = await Webhooks.RotateAsync(id).ConfigureAwait(false);
        _eraser.Plan();
        return secret;
    });

    /// <summary>Has something that was not taken be tried now; without <paramref name="cursor"/>, all of it.</summary>
    /// <returns>How much it is.</returns>
    public async Task<int> ReplayAsync(string id, long? cursor)
    {
        var count = cursor is { } one ? (await Deliveries.ReplayAsync(id, one).ConfigureAwait(false) ? 1 : 0) : await Deliveries.ReplayAllAsync(id).ConfigureAwait(false);
        await InTurnAsync(() =>
        {
            if (_running.TryGetValue(id, out var running)) running.Worker.Wake();
            return Task.FromResult(true);
        }).ConfigureAwait(false);
        return count;
    }

    /// <summary>Tells nobody any more; a request that is under way is given up, and made again after the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await InTurnAsync(async () =>
        {
            _isDisposed = true;
            foreach (var running in _running.Values) await running.Stopping.CancelAsync().ConfigureAwait(false);
            foreach (var id in _running.Keys.ToList()) await StopAsync(id).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        await _eraser.DisposeAsync().ConfigureAwait(false);
        _client.Dispose();
        _turn.Dispose();
    }

    private void Start(Webhook webhook)
    {
        if (_feed is not { } feed || !_isStarted || _isDisposed || webhook.Status != WebhookStatus.Enabled) return;
        var worker = new WebhookWorker(webhook.Id, feed, Webhooks, Deliveries, _client, _request.Clock);
        var stopping = new CancellationTokenSource();
        _running[webhook.Id] = new Running(worker, stopping, Task.Run(() => RunAsync(webhook.Id, worker, stopping.Token)));
    }

    private async Task StopAsync(string id)
    {
        if (!_running.Remove(id, out var running)) return;
        await running.Stopping.CancelAsync().ConfigureAwait(false);
        await running.Task.ConfigureAwait(false);
        running.Stopping.Dispose();
    }

    /// <summary>Ends without an exception, whatever happens.</summary>
    private async Task RunAsync(string id, WebhookWorker worker, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await worker.RunAsync(stopping).ConfigureAwait(false) is { } status) Log(LogSeverity.Warning, id, status == WebhookStatus.Gone ? "is disabled: its receiver answered 410" : "is disabled: its receiver has taken nothing for days");
                return;
            }
            catch (Exception e) when (e is ObjectDisposedException || (e is OperationCanceledException && stopping.IsCancellationRequested))
            {
                return;
            }
            catch (Exception e)
            {
                Log(LogSeverity.Error, id, "met a fault, and goes on in a while", e);
                await Task.Delay(AfterFault, _request.Clock, stopping).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
            }
        }
    }

    private void Log(LogSeverity level, string id, string what, Exception? error = null) => _request.Log(new LogLine(level, "Webhooks", $"Webhook {id} of {_user} {what}.") { Error = error });

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private sealed record Running(WebhookWorker Worker, CancellationTokenSource Stopping, Task Task);
}
