using NesActors.Contracts;

namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>Kinds of events, as a webhook asks for them. The numbers stand in the database.</summary>
[Flags]
internal enum EventTypes
{
    None = 0,

    /// <summary>A message arrived.</summary>
    Message = 1,

    /// <summary>A message that goes out has come further.</summary>
    State = 2,

    /// <summary>What is known of a contact changed.</summary>
    Contact = 4,

    /// <summary>The connection to the broker came or went.</summary>
    Connection = 8,

    All = Message | State | Contact | Connection,
}

/// <summary>Kinds of events as they are written.</summary>
internal static class EventTypeNames
{
    private static readonly (EventTypes Type, string Name)[] Names =
        [(EventTypes.Message, "message"), (EventTypes.State, "state"), (EventTypes.Contact, "contact"), (EventTypes.Connection, "connection")];

    /// <summary>The kind of an event.</summary>
    public static EventTypes TypeOf(MessengerEvent happened) => happened switch
    {
        MessageReceived => EventTypes.Message,
        MessageStateChanged => EventTypes.State,
        ContactChanged => EventTypes.Contact,
        ConnectionChanged => EventTypes.Connection,
        _ => EventTypes.None,
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> ToNames(this EventTypes types) => [.. Names.Where(one => types.HasFlag(one.Type)).Select(one => one.Name)];

    /// <summary>The kinds of some names; <see langword="null"/> where one is none, or there is none at all.</summary>
    public static EventTypes? Parse(IReadOnlyCollection<string> names)
    {
        var types = EventTypes.None;
        foreach (var name in names)
        {
            var found = Names.FirstOrDefault(one => one.Name == name).Type;
            if (found == EventTypes.None) return null;
            types |= found;
        }
        return types == EventTypes.None ? null : types;
    }
}
