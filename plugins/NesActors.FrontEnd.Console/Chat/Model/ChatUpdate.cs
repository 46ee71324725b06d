using System.Globalization;
using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>
/// The chat's whole behaviour as a function: what the chat is after something happened, and what is to be done. It touches nothing but
/// the clock.
/// </summary>
internal sealed class ChatUpdate(TimeProvider clock)
{
    private readonly ChatCommands _commands = new(clock);

    /// <summary>What the chat is after something happened.</summary>
    public ChatStep Apply(ChatState state, ChatInput input) => input switch
    {
        Happened happened => ChatEvents.Apply(state, happened.Event),
        ContactsArrived contacts => contacts.Contacts.Aggregate(state, ChatEvents.WithContact),
        HistoryArrived history => state.Put(state.With(history.User).WithHistory(history.Messages, history.IsAll)),
        StatusArrived { IsAsked: true } status => WithConnection(state, status).Tell(clock.GetUtcNow(), ChatCommands.Describe(status.Status)),
        StatusArrived status => WithConnection(state, status),
        SendRefused refused => Refused(state, refused),
        ContactAnswered answer => ChatDecisions.Answered(state, answer, clock.GetUtcNow()),
        Opened opened => ChatContacts.Open(state, opened.User),
        Picked picked => ChatContacts.Pick(state, picked.Place),
        Typed typed => Insert(state, typed.Text),
        Pasted pasted => Insert(state, pasted.Text),
        Pressed { Key: ChatKey.Send } => Send(state),
        Pressed pressed => ChatKeys.Apply(state, pressed.Key, _commands),
        Wheeled wheel => ChatScroll.By(state, wheel.Rows),
        Resized size => ChatScroll.Clamp(state with { Width = Math.Max(size.Width, 4), Height = Math.Max(size.Height, 2) }),
        _ => throw new ArgumentException($"Nothing is known about {input.GetType().Name}.", nameof(input)),
    };

    private static ChatState WithConnection(ChatState state, StatusArrived status) =>
        state with { Connection = status.Status.Connection, ConnectionDetail = status.Status.Detail };

    private ChatStep Insert(ChatState state, string text)
    {
        var input = state.Input.Insert(text);
        return input.Bytes <= Message.MaxTextBytes
            ? state with { Input = input }
            : state.Tell(clock.GetUtcNow(), string.Create(CultureInfo.InvariantCulture,
                $"Not put in: the message would have {input.Bytes:N0} bytes, and {Message.MaxTextBytes:N0} is the most that is sent."), isWarning: true);
    }

    private ChatStep Send(ChatState state)
    {
        var text = state.Input.Text;
        if (string.IsNullOrWhiteSpace(text)) return state;
        // A pasted path or comment of several lines is a text; commands have one line, and "//" begins a text with a slash.
        if (text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal) && !text.Contains('\n'))
        {
            return _commands.Run(state with { Input = InputText.Empty, History = state.History.Add(text) }, text);
        }
        if (state.Active is not { } to) return state.Tell(clock.GetUtcNow(), "Nobody is chosen: /chat NAME opens a conversation.");
        var sent = text.StartsWith("//", StringComparison.Ordinal) ? text[1..] : text;
        var shown = state with { Input = InputText.Empty, History = state.History.Add(text) };
        return ChatStep.Of(ChatScroll.ToEnd(shown), new SendText(to, WellFormed(sent)));
    }

    private ChatStep Refused(ChatState state, SendRefused refused)
    {
        var told = state.Tell(clock.GetUtcNow(), $"Not sent to {refused.To}: {TerminalText.Escape(refused.Why)}", isWarning: true);
        // What was typed is given back, unless something else is there meanwhile.
        return told.Active == refused.To && told.Input.Text.Length == 0 ? told with { Input = InputText.Of(refused.Text) } : told;
    }

    /// <summary>Half a surrogate pair, from a keyboard or a clipboard gone wrong, is no text that can be sent.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
