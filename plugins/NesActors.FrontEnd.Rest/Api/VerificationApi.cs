using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Api.Description;
using NesActors.FrontEnd.Rest.Api.Views;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary><c>/v1/contacts/{name}/look-up</c>, <c>…/verify</c> and <c>…/trust</c>: whose keys are believed.</summary>
internal static class VerificationApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var contact = routes.MapGroup("/v1/contacts/{name}").WithTags("contacts").Fails(ProblemCode.InvalidValue, ProblemCode.SessionUnavailable);
        contact.MapPost("/look-up", LookUpAsync).WithName("lookUpKeys").Fails(SendProblems.OfKeys).Requires(Scope.Admin).Produces<ContactView>().WithSummary("Asks the key directory for somebody's keys: the first are pinned, others than the pinned ones are put on offer");
        contact.MapGet("/verify", ShowAsync).WithName("getSafetyNumber").Fails(ProblemCode.NotFound, ProblemCode.KeysUnseen).Requires(Scope.Read).WithSummary("The safety number, to be compared with the one that the other side sees");
        contact.MapPut("/verify", CompareAsync).WithName("verifyContact").Fails(ProblemCode.NotFound, ProblemCode.KeysUnseen, ProblemCode.SafetyNumberDiffers, ProblemCode.KeyChanged).Requires(Scope.Admin).WithSummary("Compares a safety number with ours, and marks the contact as verified where they are the same");
        contact.MapDelete("/verify", UndoAsync).WithName("undoVerification").Fails(ProblemCode.NotFound, ProblemCode.KeysUnseen, ProblemCode.KeyChanged).Requires(Scope.Admin).Produces(StatusCodes.Status204NoContent).WithSummary("Takes back that somebody is verified");
        contact.MapPost("/trust", TrustAsync).WithName("trustKeys").Fails(ProblemCode.NotFound, ProblemCode.FingerprintDiffers, ProblemCode.KeyChanged).Requires(Scope.Admin).WithSummary("Accepts changed keys by their fingerprint, which the person got by another way");
    }

    private static async Task<IResult> LookUpAsync(Caller caller, HttpRequest request, string name, CancellationToken cancellation)
    {
        Parameters.Only(request);
        var asked = await caller.Messenger.LookUpAsync(Contacts.Other(caller, name), cancellation).ConfigureAwait(false);
        return asked.Failure == SendFailure.None ? TypedResults.Ok(ContactView.Of(asked.Contact)) : SendProblems.Of(asked);
    }

    private static async Task<Ok<Verification>> ShowAsync(Caller caller, HttpRequest request, string name, CancellationToken cancellation)
    {
        Parameters.Only(request);
        return TypedResults.Ok(View(caller, await PinnedAsync(caller, name, cancellation).ConfigureAwait(false)));
    }

    private static async Task<Ok<Verification>> CompareAsync(Caller caller, HttpRequest request, string name, Compared compared, CancellationToken cancellation)
    {
        Parameters.Only(request);
        if (!SafetyNumber.TryParse(compared.SafetyNumber, out var theirs)) throw ProblemException.Invalid($"safety_number: {SafetyNumber.Length} digits; blanks may stand between them");
        var contact = await PinnedAsync(caller, name, cancellation).ConfigureAwait(false);
        if (theirs != NumberUnder(caller, contact, contact.Pinned!.Value))
        {
            throw new ProblemException(
                ProblemCode.SafetyNumberDiffers,
                contact.Offered is { } offered && theirs == NumberUnder(caller, contact, offered)
                    ? $"That is the number under new keys of {contact.User} that were not accepted: POST /v1/contacts/{contact.User}/trust first."
                    : $"{contact.User} is not verified: a digit is wrong, or one of you changed keys, or somebody sits between you. Believe nothing and send nothing secret until you know.");
        }
        return TypedResults.Ok(View(caller, await MarkAsync(caller, contact, isVerified: true, cancellation).ConfigureAwait(false)));
    }

    private static async Task<NoContent> UndoAsync(Caller caller, HttpRequest request, string name, CancellationToken cancellation)
    {
        Parameters.Only(request);
        await MarkAsync(caller, await PinnedAsync(caller, name, cancellation).ConfigureAwait(false), isVerified: false, cancellation).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<ContactView>> TrustAsync(Caller caller, HttpRequest request, string name, Trusted trusted, CancellationToken cancellation)
    {
        Parameters.Only(request);
        var typed = Typed(trusted.Fingerprint);
        var contact = await Contacts.RequireAsync(caller, name, cancellation).ConfigureAwait(false);
        if (contact.Offered is not { } offered)
        {
            return contact.Pinned is { } pinned && pinned.Value.StartsWith(typed, StringComparison.Ordinal)
                ? TypedResults.Ok(ContactView.Of(contact))
                : throw new ProblemException(ProblemCode.FingerprintDiffers, $"No changed keys of {contact.User} were seen here: POST /v1/contacts/{contact.User}/look-up.");
        }
        if (!offered.Value.StartsWith(typed, StringComparison.Ordinal))
            throw new ProblemException(ProblemCode.FingerprintDiffers, $"Not accepted: the key directory shows keys of {contact.User} with the fingerprint {offered.ToGroups()}; ask {contact.User} again, by another way.");
        return TypedResults.Ok(ContactView.Of(await Contacts.ChangeAsync(
            caller, contact.User, new ContactChange.AcceptKeys(offered), ProblemCode.KeyChanged, $"Not accepted: {contact.User} has other keys by now.", cancellation).ConfigureAwait(false)));
    }

    private static string Typed(string text) => Fingerprint.ReadTyped(text)
        ?? throw ProblemException.Invalid($"fingerprint: {Fingerprint.Length} digits of 0-9 and a-f, all or the first {Fingerprint.MinTyped} at least; blanks may stand between them");

    private static async Task<Contact> PinnedAsync(Caller caller, string name, CancellationToken cancellation)
    {
        Contacts.Other(caller, name);
        var contact = await Contacts.RequireAsync(caller, name, cancellation).ConfigureAwait(false);
        return contact.Pinned is null ? throw new ProblemException(ProblemCode.KeysUnseen, $"No keys of {contact.User} were seen yet, so nothing can be compared: POST /v1/contacts/{contact.User}/look-up.") : contact;
    }

    private static Task<Contact> MarkAsync(Caller caller, Contact contact, bool isVerified, CancellationToken cancellation) => Contacts.ChangeAsync(
        caller, contact.User, new ContactChange.Verify(contact.Pinned!.Value, isVerified), ProblemCode.KeyChanged, $"Nothing was marked: {contact.User} has other keys by now.", cancellation);

    private static SafetyNumber NumberUnder(Caller caller, Contact contact, Fingerprint keys) => SafetyNumber.Of(caller.Identity.User, caller.Messenger.MyFingerprint, contact.User, keys);

    private static Verification View(Caller caller, Contact contact)
    {
        var keys = contact.Pinned!.Value;
        var number = NumberUnder(caller, contact, keys);
        return new Verification(number.Digits, number.ToGroups(), QrRows.Of(number.Digits), keys.Value, caller.Messenger.MyFingerprint.Value, contact.IsVerified);
    }

    /// <param name="SafetyNumber">60 digits, to be scanned.</param>
    /// <param name="Groups">The same in groups of five, to be read aloud.</param>
    /// <param name="Qr">The rows of a QR code of the digits, from the top: 1 is dark, 0 is light; the quiet zone is part of it.</param>
    /// <param name="Fingerprint">The contact's pinned keys'.</param>
    /// <param name="MyFingerprint">Our own keys'.</param>
    /// <param name="Verified">Whether it was compared.</param>
    private sealed record Verification(string SafetyNumber, string Groups, IReadOnlyList<string> Qr, string Fingerprint, string MyFingerprint, bool Verified);

    private sealed record Compared(string SafetyNumber);

    private sealed record Trusted(string Fingerprint);
}
