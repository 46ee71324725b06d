using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.FrontEnd.Console.Chat.Layout;
using NesActors.FrontEnd.Console.Chat.Model;

namespace NesActors.FrontEnd.Tests.Model;

/// <summary>A chat of alice without a terminal: what is done to it, what it shows, what it asks for.</summary>
internal sealed class Chat
{
    private readonly StoppedClock _clock = new();
    private readonly ChatUpdate _update;
    private long _cursor;

    public Chat(int width = 60, int height = 16)
    {
        _update = new ChatUpdate(_clock);
        State = new ChatState(Alice, _clock.LocalTimeZone) { MyKeys = AliceKeys, Connection = ConnectionState.Online, Width = width, Height = height };
    }

    public static Fingerprint AliceKeys { get; } = new(string.Concat(Enumerable.Repeat("aaaabbbbccccdddd", 4)));

    public static Username Alice { get; } = Username.Parse("alice");

    public static Username Bob { get; } = Username.Parse("bob");

    public static Username Carol { get; } = Username.Parse("carol");

    public ChatState State { get; private set; }

    /// <summary>What the chat asked for since the last look.</summary>
    public List<ChatEffect> Effects { get; } = [];

    public string Screen => ChatLayout.Render(State).ToString();

    /// <summary>The screen without its title, status and input.</summary>
    public string Conversation => string.Join('\n', Screen.Split('\n')[1..^2]).Trim('\n');

    public Chat Do(params ReadOnlySpan<ChatInput> inputs)
    {
        foreach (var input in inputs)
        {
            var step = _update.Apply(State, input);
            State = step.State;
            Effects.AddRange(step.Effects);
        }
        return this;
    }

    public Chat Press(params ReadOnlySpan<ChatKey> keys)
    {
        foreach (var key in keys) Do(new Pressed(key));
        return this;
    }

    public Chat Enter(string text) => Do(new Typed(text), new Pressed(ChatKey.Send));

    public Chat Open(Username user) => Do(new Opened(user));

    public StoredMessage Receive(Username from, string text, TimeSpan ago = default, TimeSpan late = default, bool underChangedKey = false, bool isOutOfTime = false, bool isRequest = false)
    {
        var at = _clock.GetUtcNow() - ago;
        var message = Message(from, MessageDirection.Incoming, text, MessageState.Received, at) with
        {
            SentAt = at - late,
            UnderChangedKey = underChangedKey,
            IsOutOfTime = isOutOfTime,
            IsRequest = isRequest,
        };
        Do(new Happened(new MessageReceived(++_cursor, at, message)));
        return message;
    }

    public StoredMessage Sent(Username to, string text, MessageState state = MessageState.Queued, SendFailure failure = SendFailure.None)
    {
        var message = Message(to, MessageDirection.Outgoing, text, state, _clock.GetUtcNow()) with { Failure = failure };
        Change(message);
        return message;
    }

    public void Change(StoredMessage message) => Do(new Happened(new MessageStateChanged(++_cursor, _clock.GetUtcNow(), message)));

    public void Change(Contact contact) => Do(new Happened(new ContactChanged(++_cursor, _clock.GetUtcNow(), contact)));

    public StoredMessage Message(Username contact, MessageDirection direction, string text, MessageState state, DateTimeOffset at) =>
        new(MessageId.New(_clock), contact, direction, at, at, text, state);

    public IReadOnlyList<StoredMessage> History(Username contact, int from, int to) =>
        [.. Enumerable.Range(from, to - from + 1).Select(number =>
            Message(contact, MessageDirection.Incoming, $"number {number}", MessageState.Read, _clock.GetUtcNow() - TimeSpan.FromSeconds(1000 - number)))];
}
