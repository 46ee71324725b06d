using Akka.Actor;
using NesActors.Contracts;
using NesActors.Core.Session;
using KeyAnswer = NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Replies;

namespace NesActors.Core.Conversation;

/// <summary>The contact's keys, asked for by the person and not by a message.</summary>
internal sealed partial class ConversationActor
{
    private readonly List<IActorRef> _askers = [];

    private void LookingUp() => Receive<SessionProtocol.Queries.LookUpKeys>(_ =>
    {
        _askers.Add(Sender);
        AskForKeys(refresh: true);
    });

    private void AnswerAskers(KeyAnswer answer)
    {
        switch (answer)
        {
            case KeyAnswer.NoSuchUser: AnswerAskers(SendFailure.UnknownUser, null); break;
            case KeyAnswer.Gone gone: AnswerAskers(gone.Failure, gone.Detail); break;
            case KeyAnswer.Untrusted untrusted: AnswerAskers(SendFailure.BadKeys, untrusted.Detail); break;
            case KeyAnswer.Unavailable unavailable: AnswerAskers(SendFailure.DirectoryUnavailable, unavailable.Detail); break;
            case KeyAnswer.Found: AnswerAskers(SendFailure.None, null); break;
        }
    }

    private void AnswerAskers(SendFailure failure, string? detail)
    {
        foreach (var asker in _askers) asker.Tell(new KeyLookUp(_known, failure, detail));
        _askers.Clear();
    }
}
