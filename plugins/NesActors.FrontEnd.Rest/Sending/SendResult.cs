using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Api.Views;

namespace NesActors.FrontEnd.Rest.Sending;

/// <summary>How it stands with a message for one recipient, when the answer is given; the states mean what docs/reliability.md says.</summary>
/// <param name="Id">The message.</param>
/// <param name="To">The recipient.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Failure">Why it failed; <see langword="null"/> where it did not.</param>
/// <param name="Detail">More about it, for a person.</param>
internal sealed record SendResult(string Id, string To, MessageState State, SendFailure? Failure, string? Detail)
{
    /// <summary>Written down here.</summary>
    public static SendResult Queued(MessageId id, Username to) => new(id.ToString(), to.Value, MessageState.Queued, null, null);

    public static SendResult Of(StoredMessage message) => new(message.Id.ToString(), message.Contact.Value, message.State, MessageView.FailureOf(message), message.Detail);
}
