using System.Security.Cryptography;
using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace Sample.Folder;

/// <summary>
/// Frames as files in a folder that several processes see: <c>folder:///srv/drop</c> has a folder for each mailbox, and in it a file for each frame that waits. Whoever may write to the
/// folder is what everybody is to a broker that lets everybody in: they can drop frames, take them, and see who gets some.
/// </summary>
/// <remarks>What is not picked up stays for ever, whatever the session's expiry. Two who pick up from one mailbox take frames from each other, unless the later has taken the client id over.</remarks>
public sealed class FolderTransport : ITransport
{
    private readonly TaskCompletionSource<string> _disconnected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly SortedSet<Username> _mailboxes = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly byte[] _token = RandomNumberGenerator.GetBytes(16);
    private string? _root, _session;

    public Task<string> Disconnected => _disconnected.Task;

    private bool IsConnected => _root is not null && !_disconnected.Task.IsCompleted && Directory.Exists(_root);

    public Task ConnectAsync(TransportOptions options, Action<InboundFrame> receiver, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return Task.FromCanceled(cancellation);
        if (options.Address is not { Scheme: "folder", Host.Length: 0, AbsolutePath.Length: > 1 }) return Fail(TransportFailure.Misconfigured, "The address of a folder is folder:///PATH.");
        if (options.Extra.Keys.FirstOrDefault() is { } setting) return Fail(TransportFailure.Misconfigured, $"A folder knows no setting {setting}.");
        if (options is { ClientId: null, SessionExpiry.Ticks: > 0 }) return Fail(TransportFailure.Misconfigured, "A durable session needs a client id.");
        var root = Uri.UnescapeDataString(options.Address.AbsolutePath);
        if (!Directory.Exists(root)) return Fail(TransportFailure.Unreachable, $"There is no folder {options.Address.AbsolutePath}.");
        if (options.ClientId is { } client && TakeOver(Path.Combine(root, $".session-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(client)))}")) is { } why) return Fail(TransportFailure.Refused, why);
        _root = root;
        _ = PickUpAsync(receiver);
        return Task.CompletedTask;
    }

    public Task SubscribeAsync(Username mailbox, CancellationToken cancellation)
    {
        if (!IsConnected) return Fail(TransportFailure.Unreachable, "There is no connection to a folder.");
        lock (_gate) _mailboxes.Add(mailbox);
        return Task.CompletedTask;
    }

    public async Task<PublishResult> PublishAsync(Username mailbox, ReadOnlyMemory<byte> frame, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return new PublishResult(PublishOutcome.NotSent, "given up");
        return IsConnected ? await Task.Run(() => FrameFile.Drop(Path.Combine(_root!, mailbox.Value), frame), CancellationToken.None) : new PublishResult(PublishOutcome.NotSent, "there is no connection to a folder");
    }

    public async ValueTask DisposeAsync()
    {
        _disconnected.TrySetResult("it was closed here");
        await _closing.CancelAsync();
        // Without a session nobody comes back to an empty mailbox.
        if (_root is { } root && _session is null) lock (_gate) foreach (var mailbox in _mailboxes) FrameFile.DeleteEmpty(Path.Combine(root, mailbox.Value));
    }

    /// <summary>Looks for files twenty times a second: folders on a network tell nobody that something has changed.</summary>
    private async Task PickUpAsync(Action<InboundFrame> receiver)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token))
            {
                if (!Directory.Exists(_root)) throw new IOException("the folder is gone");
                if (WasTakenOver()) throw new IOException("another connection has taken the session over");
                foreach (var (mailbox, file) in Waiting().Where(waiting => given.Add(waiting.File)))
                {
                    if (_disconnected.Task.IsCompleted) return;
                    if (FrameFile.Read(file) is { } frame) receiver(new InboundFrame(mailbox, frame, () => FrameFile.Delete(file)));
                }
                given.RemoveWhere(file => !File.Exists(file));
            }
        }
        catch (Exception error)
        {
            _disconnected.TrySetResult(error.Message);
        }
    }

    private IEnumerable<(Username Mailbox, string File)> Waiting()
    {
        lock (_gate) return [.. _mailboxes.SelectMany(mailbox => FrameFile.Waiting(Path.Combine(_root!, mailbox.Value)).Select(file => (mailbox, file)))];
    }

    /// <summary>Says that the session is ours now: whoever had it before finds another token there.</summary>
    private string? TakeOver(string session) => FrameFile.Write(_session = session, _token);

    private bool WasTakenOver() => _session is not null && !_token.AsSpan().SequenceEqual(FrameFile.Read(_session));

    private static Task Fail(TransportFailure failure, string message) => Task.FromException(new TransportException(failure, message));
}
