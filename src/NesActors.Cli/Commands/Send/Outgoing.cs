using NesActors.Contracts;

namespace NesActors.Cli.Commands.Send;

/// <summary>A message that is to be sent: its id, made here, and to whom.</summary>
internal sealed record Outgoing(MessageId Id, Username To)
{
    /// <summary>One for each recipient; who is named twice gets it once.</summary>
    public static List<Outgoing> OfAll(IEnumerable<string> typed, TimeProvider clock)
    {
        var messages = new List<Outgoing>();
        foreach (var name in typed)
        {
            var user = CommonOptions.ParseUser(name);
            if (!messages.Exists(message => message.To == user)) messages.Add(new Outgoing(MessageId.New(clock), user));
        }
        return messages;
    }
}
