using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace NesActors.FrontEnd.Rest.Api.Views;

/// <summary>An event of the log as the API shows it, in streams and to webhooks alike.</summary>
/// <param name="Cursor">The position in the log.</param>
/// <param name="At">The clock here.</param>
/// <param name="Type">What it tells of, and which of the members beside it is there.</param>
internal sealed record EventView(long Cursor, DateTimeOffset At, EventKind Type)
{
    /// <summary>The message, for <c>message</c> and <c>state</c>.</summary>
    public MessageView? Message { get; init; }

    /// <summary>The contact, for <c>contact</c>.</summary>
    public ContactView? Contact { get; init; }

    /// <summary>The connection, for <c>connection</c>.</summary>
    public ConnectionView? Connection { get; init; }

    public static EventView Of(MessengerEvent happened) => happened switch
    {
        MessageReceived received => new EventView(received.Cursor, received.At, EventKind.Message) { Message = MessageView.Of(received.Message) },
        MessageStateChanged changed => new EventView(changed.Cursor, changed.At, EventKind.State) { Message = MessageView.Of(changed.Message) },
        ContactChanged changed => new EventView(changed.Cursor, changed.At, EventKind.Contact) { Contact = ContactView.Of(changed.Contact) },
        ConnectionChanged changed => new EventView(changed.Cursor, changed.At, EventKind.Connection) { Connection = new ConnectionView(changed.State, changed.Detail, changed.Failure) },
        _ => throw new ArgumentException($"An event of type {happened.GetType().Name} is not known here.", nameof(happened)),
    };
}

/// <summary>What an event tells of.</summary>
internal enum EventKind
{
    /// <summary>A message arrived.</summary>
    Message,

    /// <summary>A message that goes out has come further.</summary>
    State,

    /// <summary>What is known of a contact changed.</summary>
    Contact,

    /// <summary>The connection to the broker came or went.</summary>
    Connection,
}

/// <summary>The connection to the broker.</summary>
/// <param name="State">How it is.</param>
/// <param name="Detail">Why, for a person.</param>
/// <param name="Failure">What kind of failure it was, where an attempt to connect failed.</param>
internal sealed record ConnectionView(ConnectionState State, string? Detail, TransportFailure? Failure);
