using Akka.Actor;
using Akka.Event;
using NesActors.Contracts;
using NesActors.Core.Conversation;

namespace NesActors.Core.Session;

/// <summary>
/// Now and then, where the key directory carries nothing of what the user says for suites: conversations tell it to those contacts who do not see it yet. Prekeys are renewed each week and hold for two, and two people
/// may have nothing to say to each other for longer than that.
/// </summary>
internal sealed partial class SessionActor
{
    public ITimerScheduler Timers { get; set; } = null!;

    private void Announcing() => Receive<AnnounceDue>(_ => AnnounceAsync().PipeTo(
        Self, success: contacts => new Announced(contacts), failure: e => new AnnounceFailed(e)));

    private void AlwaysAnnouncing()
    {
        Receive<AnnounceDue>(_ => { });
        Receive<Announced>(announced =>
        {
            foreach (var contact in announced.Contacts) _conversations.Tell(contact, new ConversationProtocol.Announce(), Self);
        });
        Receive<AnnounceFailed>(failed => _log.Debug("What contacts do not see could not be found out: {0}", failed.Cause.Message));
    }

    private async Task<IReadOnlyList<Username>> AnnounceAsync() => (await _own.SeeAsync(_stopping.Token)).Absent.Count == 0
        ? []
        : [.. (await _store.ContactsAsync(_stopping.Token)).Where(contact => contact is { Standing: ContactStanding.Accepted, Trust: TrustState.Pinned, Suite: not null }).Select(contact => contact.User)];

    private sealed record AnnounceDue;

    private sealed record Announced(IReadOnlyList<Username> Contacts);

    private sealed record AnnounceFailed(Exception Cause);
}
