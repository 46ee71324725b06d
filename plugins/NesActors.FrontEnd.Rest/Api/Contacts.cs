using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Access;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary>Finds whom a route is about. Only the user's name says that: an alias is the person's own word.</summary>
internal static class Contacts
{
    /// <summary>Somebody of whom something is known here.</summary>
    /// <exception cref="ProblemException">It is no username, or nothing is known.</exception>
    public static async Task<Contact> RequireAsync(Caller caller, string name, CancellationToken cancellation)
    {
        var user = Parameters.User(name, "name");
        var contact = await caller.Messenger.ContactAsync(user, cancellation).ConfigureAwait(false);
        if (contact != new Contact(user, TrustState.Unseen, null, null, 0)) return contact;
        // Also of whom no more is known than the name: one who was blocked once, and is no longer.
        var all = await caller.Messenger.ContactsAsync(cancellation).ConfigureAwait(false);
        return all.FirstOrDefault(known => known.User == user) ?? throw new ProblemException(ProblemCode.NotFound, $"Nothing is known of {user} here; write first, or decide about them.");
    }

    /// <summary>Somebody about whom can be decided, known or not.</summary>
    /// <exception cref="ProblemException">It is no username, or the caller's own.</exception>
    public static Username Other(Caller caller, string name)
    {
        var user = Parameters.User(name, "name");
        return user == caller.Identity.User ? throw ProblemException.Invalid($"name: {user} is you") : user;
    }

    /// <summary>Does what was decided.</summary>
    /// <exception cref="ProblemException">It does not apply; the reason is the caller's to tell.</exception>
    public static async Task<Contact> ChangeAsync(Caller caller, Username user, ContactChange change, ProblemCode otherwise, string detail, CancellationToken cancellation) =>
        await caller.Messenger.ChangeContactAsync(user, change, cancellation).ConfigureAwait(false) ?? throw new ProblemException(otherwise, detail);
}
