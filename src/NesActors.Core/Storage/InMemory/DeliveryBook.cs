using NesActors.Contracts;
using NesActors.Core.Storage.Delivery;

namespace NesActors.Core.Storage.InMemory;

/// <summary>Numbers given, what is unconfirmed and what arrived, per contact.</summary>
internal sealed class DeliveryBook(int capacityPerContact = 10_000)
{
    private readonly Dictionary<Username, (StreamId Stream, long Last)> _numbering = [];
    private readonly Dictionary<MessageId, MessageNumber> _numbers = [];
    private readonly Dictionary<Username, (MessageNumber Number, ReadOnlyMemory<byte> Hash)> _sent = [];
    private readonly SortedDictionary<Username, List<UnconfirmedMessage>> _unconfirmed = [];
    private readonly Dictionary<Username, ContactDelivery> _contacts = [];
    private readonly Dictionary<MessageId, MessageNumber> _told = [];

    public ContactDelivery Of(Username contact) => _contacts.GetValueOrDefault(contact, ContactDelivery.None);

    /// <returns>Whether something else had arrived before it than its sender wrote there.</returns>
    public bool Receive(MessageNumber number, ReceivedContent content)
    {
        var known = Of(content.Message.From);
        _contacts[content.Message.From] = known.With(number, content.ContentHash);
        return known.Of(number.Stream).Contradicts(number.Number, content.Previous);
    }

    /// <summary>A message that arrived, or was delivered, has this place in its sender's numbering.</summary>
    public void Tell(MessageId id, MessageNumber number) => _told[id] = number;

    /// <summary>The place of a message that arrived, or was delivered.</summary>
    public MessageNumber? ToldOf(MessageId id) => _told.TryGetValue(id, out var number) ? number : null;

    public ChainedNumber Number(MessageId id, Username contact)
    {
        var number = _numbers.TryGetValue(id, out var given) ? given : Next(id, contact);
        return new ChainedNumber(number, _sent.TryGetValue(contact, out var sent) && sent.Number == number with { Number = number.Number - 1 } ? sent.Hash : default);
    }

    public OutboxEntry Numbered(OutboxEntry entry) => _numbers.TryGetValue(entry.Message.Id, out var number) ? entry with { Number = number } : entry;

    /// <summary>A message has left the outbox.</summary>
    public void Settle(OutboxEntry entry, MessageState state)
    {
        if (!_numbers.Remove(entry.Message.Id, out var number)) return;
        var contact = entry.Message.Contact;
        if (entry is { MayHaveLeft: true, Frame: { } left }) _sent[contact] = (number, left.ContentHash);
        if (state is MessageState.Published or MessageState.Unknown && entry.Frame is { } frame)
        {
            if (!_unconfirmed.TryGetValue(contact, out var messages)) _unconfirmed.Add(contact, messages = []);
            messages.Add(new UnconfirmedMessage(entry.Message.Id, entry.Message.SentAt, number, frame, state == MessageState.Published));
            if (messages.Count > capacityPerContact) messages.RemoveRange(0, capacityPerContact / 10);
        }
        else if (!entry.MayHaveLeft && _numbering[contact] == (number.Stream, number.Number))
        {
            // Nobody has seen the number: the next message gets it, and the recipient waits for none.
            _numbering[contact] = (number.Stream, number.Number - 1);
        }
    }

    /// <summary>What is confirmed is forgotten.</summary>
    /// <param name="contact">By whom.</param>
    /// <param name="ack">What.</param>
    /// <param name="leaving">What may have left and is not settled.</param>
    /// <returns>Whose messages these are.</returns>
    public IReadOnlyList<MessageId> Confirm(Username contact, Acknowledgement ack, IEnumerable<OutboxEntry> leaving)
    {
        if (_numbering.TryGetValue(contact, out var known) && known.Stream == ack.Stream && ack.UpTo > known.Last)
        {
            _numbering[contact] = (StreamId.New(), 0);
            return [];
        }
        var confirmed = new List<MessageId>();
        foreach (var entry in leaving.Where(entry => _numbers.TryGetValue(entry.Message.Id, out var number) && ack.Covers(number, entry.Frame!.ContentHash)).ToList())
        {
            confirmed.Add(entry.Message.Id);
            _numbers.Remove(entry.Message.Id, out var number);
            Tell(entry.Message.Id, number);
            _sent[contact] = (number, entry.Frame!.ContentHash);
        }
        if (!_unconfirmed.TryGetValue(contact, out var messages)) return confirmed;
        foreach (var message in messages.Where(message => ack.Covers(message.Number, message.Frame.ContentHash)))
        {
            Tell(message.Id, message.Number);
            confirmed.Add(message.Id);
        }
        messages.RemoveAll(message => ack.Covers(message.Number, message.Frame.ContentHash));
        return confirmed;
    }

    public void Replace(Username contact, MessageId id, OutgoingFrame frame) => Change(contact, id, message => message with { Frame = frame });

    public void Publish(Username contact, MessageId id) => Change(contact, id, message => message with { IsPublished = true });

    public IEnumerable<UnconfirmedMessage> Unconfirmed(Username contact) => _unconfirmed.GetValueOrDefault(contact) ?? [];

    public IEnumerable<Username> Awaited() => _unconfirmed.Where(entry => entry.Value.Count > 0 && Of(entry.Key).Confirms).Select(entry => entry.Key);

    public void Forget(Username contact, IReadOnlySet<MessageId> deleted)
    {
        if (_unconfirmed.TryGetValue(contact, out var messages)) messages.RemoveAll(message => deleted.Contains(message.Id));
        foreach (var id in deleted) _told.Remove(id);
    }

    private MessageNumber Next(MessageId id, Username contact)
    {
        var (stream, last) = _numbering.TryGetValue(contact, out var known) ? known : (StreamId.New(), 0);
        _numbering[contact] = (stream, last + 1);
        return _numbers[id] = new MessageNumber(stream, last + 1);
    }

    private void Change(Username contact, MessageId id, Func<UnconfirmedMessage, UnconfirmedMessage> change)
    {
        if (!_unconfirmed.TryGetValue(contact, out var messages)) return;
        var index = messages.FindIndex(message => message.Id == id);
        if (index >= 0) messages[index] = change(messages[index]);
    }
}
