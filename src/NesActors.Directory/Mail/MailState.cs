namespace NesActors.Directory.Mail;

/// <summary>How sending mail goes, since the server started.</summary>
internal sealed class MailState
{
    private long _sent;
    private long _failed;
    private long _dropped;
    private volatile string? _lastError;
    private volatile MailQueue _queue = new(0, 0);

    public long Sent => Interlocked.Read(ref _sent);

    public long Failed => Interlocked.Read(ref _failed);

    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>One word for why the last attempt failed; null where it did not.</summary>
    public string? LastError => _lastError;

    /// <summary>What waits, as of the worker's last look.</summary>
    public MailQueue Queue
    {
        get => _queue;
        set => _queue = value;
    }

    /// <summary>How long the oldest mail has waited; nothing where none waits.</summary>
    public TimeSpan OldestAge(DateTimeOffset now) =>
        _queue.OldestAt is > 0 and var at && now - DateTimeOffset.FromUnixTimeMilliseconds(at) is var age && age > TimeSpan.Zero ? age : TimeSpan.Zero;

    public void CountSent()
    {
        Interlocked.Increment(ref _sent);
        _lastError = null;
    }

    public void CountFailed(string reason)
    {
        Interlocked.Increment(ref _failed);
        _lastError = reason;
    }

    public void CountDropped() => Interlocked.Increment(ref _dropped);
}
