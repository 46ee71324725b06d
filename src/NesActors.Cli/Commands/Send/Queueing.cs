using NesActors.Cli.Hosting;
using NesActors.Contracts;
using NesActors.Core.Attach;
using NesActors.Core.Session;
using NesActors.Core.Storage;

namespace NesActors.Cli.Commands.Send;

/// <summary>Writes messages down for the running session to send, or, where there is none, for the next one. Needs neither broker nor directory.</summary>
internal sealed class Queueing(Invocation run, OwnerSearch search)
{
    /// <returns>The messages as they are stored.</returns>
    public async Task<IReadOnlyList<StoredMessage>> QueueAsync(IReadOnlyList<Outgoing> messages, string text, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await search.FindAsync(found => HandOverAsync(found, messages, text), held => WriteDownAsync(held, messages, text), cancellation);
            }
            catch (ObjectDisposedException)
            {
                // The process that ran the session has ended meanwhile. What it took is recognised by its id.
            }
        }
    }

    private static async Task<IReadOnlyList<StoredMessage>> HandOverAsync(FoundSession found, IReadOnlyList<Outgoing> messages, string text)
    {
        using var taken = found;
        var session = found.Messenger;
        var stored = new List<StoredMessage>();
        foreach (var message in messages)
        {
            await session.SendAsync(message.Id, message.To, text, CancellationToken.None);
            stored.Add(await session.FindAsync(message.Id, CancellationToken.None) ?? throw new KeyNotFoundException("There is no such message."));
        }
        return stored;
    }

    private async Task<IReadOnlyList<StoredMessage>> WriteDownAsync(StateLock held, IReadOnlyList<Outgoing> messages, string text)
    {
        using var taken = held;
        await using var store = StoredHistory.OpenStore(run, run.Settings.StateFolder);
        MessageText.Check(text);
        var now = run.Environment.Clock.GetMillisecondNow();
        var stored = new List<StoredMessage>();
        foreach (var (id, to) in messages) stored.Add((await store.QueueAsync(id, new Message(run.Settings.User, to, now, text), CancellationToken.None)).Message);
        return stored;
    }
}
