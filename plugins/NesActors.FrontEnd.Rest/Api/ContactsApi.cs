using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Api.Description;
using NesActors.FrontEnd.Rest.Api.Views;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary><c>/v1/contacts</c>: whom the person knows, and what they decide about them, as <c>nes contacts</c> has it.</summary>
internal static class ContactsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var contacts = routes.MapGroup("/v1/contacts").WithTags("contacts").Fails(ProblemCode.InvalidValue, ProblemCode.SessionUnavailable);
        contacts.MapGet("", ListAsync).WithName("listContacts").Requires(Scope.Read).WithSummary("Everybody who is known here, strangers and blocked ones too");
        contacts.MapGet("/{name}", ShowAsync).WithName("getContact").Fails(ProblemCode.NotFound).Requires(Scope.Read).WithSummary("What is known of somebody here");
        contacts.MapPatch("/{name}", PatchAsync).WithName("changeContact").Fails(ProblemCode.NotFound, ProblemCode.Conflict).Requires(Scope.Admin).WithSummary("Gives an alias, or says whether somebody is told what was read, and what has arrived; null takes each back");
        contacts.MapDelete("/{name}", ForgetAsync).WithName("forgetContact").Fails(ProblemCode.NotFound, ProblemCode.Conflict).Requires(Scope.Admin).Produces(StatusCodes.Status204NoContent).WithSummary("Forgets somebody: messages, keys and alias");
        Decision(contacts, "accept", "acceptContact", new ContactChange.Accept(), "Takes a stranger as a contact: what arrives is confirmed to them");
        Decision(contacts, "block", "blockContact", new ContactChange.Block(), "Drops what somebody sends from now on, and sends nothing to them");
        Decision(contacts, "older-suite", "acceptOlderSuite", new ContactChange.AcceptOlderSuite(), "Lets messages go although a better suite was seen of somebody than there is now, until they announce that anew");
        Decision(contacts, "unblock", "unblockContact", new ContactChange.Unblock(), "Takes a block back");
    }

    private static void Decision(IEndpointRouteBuilder contacts, string verb, string operation, ContactChange change, string summary) =>
        contacts.MapPost($"/{{name}}/{verb}", (Caller caller, HttpRequest request, string name, CancellationToken cancellation) => DecideAsync(caller, request, name, change, cancellation))
            .WithName(operation).Fails(ProblemCode.Conflict).Requires(Scope.Admin).WithSummary(summary);

    private static async Task<Ok<ContactList>> ListAsync(Caller caller, HttpRequest request, CancellationToken cancellation)
    {
        Parameters.Only(request);
        return TypedResults.Ok(new ContactList([.. (await caller.Messenger.ContactsAsync(cancellation).ConfigureAwait(false)).Select(ContactView.Of)]));
    }

    private static async Task<Ok<ContactView>> ShowAsync(Caller caller, HttpRequest request, string name, CancellationToken cancellation)
    {
        Parameters.Only(request);
        return TypedResults.Ok(ContactView.Of(await Contacts.RequireAsync(caller, name, cancellation).ConfigureAwait(false)));
    }

    private static async Task<Ok<ContactView>> PatchAsync(Caller caller, HttpRequest request, string name, ContactPatch patch, CancellationToken cancellation)
    {
        Parameters.Only(request);
        if (!patch.HasAlias && !patch.HasReadReceipts && !patch.HasDeliveryReceipts) throw ProblemException.Invalid("Say what to change: alias, read_receipts, delivery_receipts");
        var user = (await Contacts.RequireAsync(caller, name, cancellation).ConfigureAwait(false)).User;
        if (patch.Alias is { } alias)
        {
            var known = (await caller.Messenger.ContactsAsync(cancellation).ConfigureAwait(false)).Select(other => other.User).ToHashSet();
            if (ContactChange.Rename.ProblemOf(alias, user, known.Contains) is { } problem) throw ProblemException.Invalid($"alias: {problem}");
        }
        if (patch.HasAlias) await ChangeAsync(caller, user, new ContactChange.Rename(patch.Alias), cancellation).ConfigureAwait(false);
        if (patch.HasReadReceipts) await ChangeAsync(caller, user, new ContactChange.SendReadReceipts(patch.ReadReceipts), cancellation).ConfigureAwait(false);
        if (patch.HasDeliveryReceipts) await ChangeAsync(caller, user, new ContactChange.SendDeliveryReceipts(patch.DeliveryReceipts), cancellation).ConfigureAwait(false);
        return TypedResults.Ok(ContactView.Of(await caller.Messenger.ContactAsync(user, cancellation).ConfigureAwait(false)));
    }

    private static async Task<NoContent> ForgetAsync(Caller caller, HttpRequest request, string name, CancellationToken cancellation)
    {
        Parameters.Only(request);
        var user = (await Contacts.RequireAsync(caller, name, cancellation).ConfigureAwait(false)).User;
        await Contacts.ChangeAsync(caller, user, new ContactChange.Forget(), ProblemCode.Conflict, $"A message to {user} still waits to go out.", cancellation).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<ContactView>> DecideAsync(Caller caller, HttpRequest request, string name, ContactChange change, CancellationToken cancellation)
    {
        Parameters.Only(request);
        return TypedResults.Ok(ContactView.Of(await ChangeAsync(caller, Contacts.Other(caller, name), change, cancellation).ConfigureAwait(false)));
    }

    private static Task<Contact> ChangeAsync(Caller caller, Username user, ContactChange change, CancellationToken cancellation) =>
        Contacts.ChangeAsync(caller, user, change, ProblemCode.Conflict, $"This does not apply to {user} now.", cancellation);

    private sealed record ContactList(IReadOnlyList<ContactView> Contacts);

    /// <summary>What to change. A member that is not there changes nothing; one that is null takes back what was there.</summary>
    private sealed record ContactPatch
    {
        public string? Alias
        {
            get;
            init => (field, HasAlias) = (value, true);
        }

        public bool? ReadReceipts
        {
            get;
            init => (field, HasReadReceipts) = (value, true);
        }

        public bool? DeliveryReceipts
        {
            get;
            init => (field, HasDeliveryReceipts) = (value, true);
        }

        // Not public: no member of the JSON.
        internal bool HasAlias { get; private init; }

        internal bool HasReadReceipts { get; private init; }

        internal bool HasDeliveryReceipts { get; private init; }

        /// <summary>Tells nothing of the alias.</summary>
        public override string ToString() => "ContactPatch";
    }
}
