using NesActors.Contracts;
using NesActors.Core.Attach;

namespace NesActors.Cli.Commands.Send;

/// <summary>Sends by a session, and waits until each message has come as far as it was to. All have the same time; they go out together, and are waited for one by one.</summary>
/// <param name="run">The command.</param>
/// <param name="messenger">The session.</param>
/// <param name="goal">How far they are to come.</param>
/// <param name="limit">How long to try.</param>
/// <param name="quiet">Whether to tell of nothing but errors.</param>
internal sealed class Sending(Invocation run, ContinuedMessenger messenger, SendGoal goal, TimeSpan limit, bool quiet)
{
    /// <summary>Most messages have left before that, and what tells why one has not need not be loaded for them.</summary>
    private static readonly TimeSpan NoticeAfter = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _clock = run.Environment.Clock;
    private Task? _notice;

    /// <returns>The messages as they ended, in their order.</returns>
    public async Task<IReadOnlyList<StoredMessage>> SendAsync(IReadOnlyList<Outgoing> messages, string text, CancellationToken stop)
    {
        foreach (var message in messages) await messenger.SendAsync(message.Id, message.To, text, CancellationToken.None);
        var began = _clock.GetTimestamp();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var results = new List<StoredMessage>(messages.Count);
        try
        {
            foreach (var message in messages) results.Add(await WaitAsync(message.Id, began, done, stop));
        }
        finally
        {
            await done.CancelAsync();
            if (_notice is not null) await _notice;
        }
        return results;
    }

    private async Task<StoredMessage> WaitAsync(MessageId id, long began, CancellationTokenSource done, CancellationToken stop)
    {
        try
        {
            var settled = await SettleAsync(id, began, done.Token, stop);
            var left = Left(limit, began);
            return goal == SendGoal.Published || left == TimeSpan.Zero ? settled : await messenger.WaitAsync(id, MessageState.Delivered, left, stop);
        }
        catch (OperationCanceledException)
        {
            // Interrupted: what has not left is taken back, and the person learns what has.
            return await messenger.SettleAsync(id, TimeSpan.Zero, CancellationToken.None);
        }
    }

    private async Task<StoredMessage> SettleAsync(MessageId id, long began, CancellationToken done, CancellationToken stop)
    {
        if (!quiet && _notice is null)
        {
            var untilNotice = Left(NoticeAfter < limit ? NoticeAfter : limit, began);
            var message = await messenger.WaitAsync(id, MessageState.Published, untilNotice, stop);
            if (message.State != MessageState.Queued) return message;
            // On a thread of its own: a session of another process may be waited for on this one.
            _notice = Task.Run(() => SendTrouble.NoticeAsync(messenger, limit, run, done), CancellationToken.None);
        }
        return await messenger.SettleAsync(id, Left(limit, began), stop);
    }

    private TimeSpan Left(TimeSpan time, long began)
    {
        var left = time - _clock.GetElapsedTime(began);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
