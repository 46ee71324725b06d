using Akka.Actor;
using NesActors.Contracts;
using NesActors.Core.Conversation;

namespace NesActors.Core.Session;

/// <summary>The conversations of a session: made when first needed; while one stops, what comes for it waits for its successor.</summary>
internal sealed class Conversations(Func<Username, IActorRef> create)
{
    private readonly Dictionary<Username, IActorRef> _running = [];
    private readonly Dictionary<Username, List<(object Message, IActorRef Sender)>> _stopping = [];

    public void Tell(Username contact, object message, IActorRef sender)
    {
        if (_stopping.TryGetValue(contact, out var waiting)) waiting.Add((message, sender));
        else Running(contact).Tell(message, sender);
    }

    public void TellAll(object message)
    {
        foreach (var conversation in _running.Values) conversation.Tell(message);
    }

    public void Stop(Username contact, IActorRef self)
    {
        if (_running.TryGetValue(contact, out var conversation) && _stopping.TryAdd(contact, [])) conversation.Tell(new ConversationProtocol.Stop(), self);
    }

    /// <summary>The conversation goes on after all.</summary>
    public void StillBusy(Username contact)
    {
        if (!_stopping.Remove(contact, out var waiting)) return;
        foreach (var (message, sender) in waiting) _running[contact].Tell(message, sender);
    }

    /// <summary>The conversation has stopped.</summary>
    public void Stopped(IActorRef conversation)
    {
        var contact = _running.FirstOrDefault(entry => entry.Value.Equals(conversation)).Key;
        if (contact == default || !_running.Remove(contact)) return;
        if (!_stopping.Remove(contact, out var waiting)) return;
        foreach (var (message, sender) in waiting) Running(contact).Tell(message, sender);
    }

    private IActorRef Running(Username contact)
    {
        if (!_running.TryGetValue(contact, out var conversation)) _running.Add(contact, conversation = create(contact));
        return conversation;
    }
}
