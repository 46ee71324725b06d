namespace NesActors.Core.Attach;

/// <summary>
/// What goes over the socket: HTTP/1.0, each call a POST of a request to a path of its own on a connection of its own, with whose end the answer ends. Requests and answers are fields one behind the
/// other (see <see cref="Wire.Fields"/>); events are such without end, each behind its length. Both ends are the same version of the program, so nothing here needs to last; and a
/// program that sends once and ends has no time to load anything that could do more. A command line that is handed over as it was typed has an answer of its own kind, see <see cref="CommandCall"/>.
/// </summary>
internal static class AttachProtocol
{
    /// <summary>The header of each request that names the version of the one who asks, see <see cref="OwnerInfo.ProgramVersion"/>.</summary>
    public const string VersionHeader = "NES-Version";

    /// <summary>A text of 64 KiB several times over, and what stands around it.</summary>
    public const int MaxRequestBytes = 512 * 1024;

    /// <summary>Far more than an event has that holds the longest message.</summary>
    public const int MaxEventBytes = 4 * 1024 * 1024;

    public static class Paths
    {
        public const string Session = "/session", Send = "/send", Settle = "/settle", Wait = "/wait", Unread = "/unread", Events = "/events", EventPage = "/event-page", Find = "/find", History = "/history", Search = "/search",
            DeleteMessage = "/delete-message", DeleteConversation = "/delete-conversation", Disappear = "/disappear", Contacts = "/contacts", MarkRead = "/mark-read",
            Contact = "/contact", ChangeContact = "/change-contact", LookUp = "/look-up", Status = "/status", Command = "/command";
    }
}
