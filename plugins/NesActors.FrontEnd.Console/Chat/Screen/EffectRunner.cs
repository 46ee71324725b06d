using System.Threading.Channels;
using NesActors.Contracts;
using NesActors.FrontEnd.Console.Chat.Model;

namespace NesActors.FrontEnd.Console.Chat.Screen;

/// <summary>Does what the chat asks for, one thing after the other: messages must leave in the order in which they were typed.</summary>
internal sealed class EffectRunner(IMessenger messenger, ChannelReader<ChatEffect> effects, ChannelWriter<ChatInput> inbox)
{
    /// <summary>Runs until the chat is left or the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (var effect in effects.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            if (effect is Leave) return;
            if (await DoAsync(effect, cancellation).ConfigureAwait(false) is { } answer) await inbox.WriteAsync(answer, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<ChatInput?> DoAsync(ChatEffect effect, CancellationToken cancellation)
    {
        switch (effect)
        {
            case SendText send:
                return await SendAsync(send, cancellation).ConfigureAwait(false);
            case LoadHistory load:
                var messages = await messenger.HistoryAsync(load.User, load.Before, after: null, LoadHistory.PageSize, cancellation).ConfigureAwait(false);
                return new HistoryArrived(load.User, messages, IsAll: messages.Count < LoadHistory.PageSize);
            case MarkRead read:
                await messenger.MarkReadAsync(read.User, upTo: null, cancellation).ConfigureAwait(false);
                return null;
            case ChangeContact change:
                return new ContactAnswered(change.User, change.Change, await messenger.ChangeContactAsync(change.User, change.Change, cancellation).ConfigureAwait(false));
            case AskStatus:
                return new StatusArrived(await messenger.StatusAsync(cancellation).ConfigureAwait(false), IsAsked: true);
            default:
                throw new ArgumentException($"Nothing is known about {effect.GetType().Name}.", nameof(effect));
        }
    }

    private async Task<ChatInput?> SendAsync(SendText send, CancellationToken cancellation)
    {
        try
        {
            await messenger.SendAsync(send.To, send.Text, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (ArgumentException refused)
        {
            return new SendRefused(send.To, send.Text, refused.Message);
        }
    }
}
