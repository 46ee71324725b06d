using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NesActors.Contracts;
using NesActors.Directory.Owners;
using NesActors.Directory.Records;
using NesActors.Directory.Registration;
using NesActors.Records;

namespace NesActors.Directory.Api;

/// <summary>What an owner asks for by key: other keys, their revocation, the end of the name, statements for suites.</summary>
internal sealed class OwnerApi(OwnerChanges changes, Publications publications, FreshSigner fresh)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/users/{username}/keys", context => AnswerAsync(context, KeyChangeRequest.TryRead, changes.ChangeKeysAsync));
        routes.MapOtherMethods("/users/{username}/keys", HttpMethods.Put);
        routes.MapPut("/users/{username}/statement", context => AnswerAsync(context, PublishRequest.TryRead, publications.PublishAsync));
        routes.MapOtherMethods("/users/{username}/statement", HttpMethods.Put);
        routes.MapPost("/users/{username}/revoke", context => context.AnswerAsync(SignedRequest.TryRead, changes.RevokeAsync, nobody: Answer.UserNotFound));
        routes.MapOtherMethods("/users/{username}/revoke", HttpMethods.Post);
        routes.MapDelete("/users/{username}", context => context.AnswerAsync(DeletionRequest.TryRead, changes.DeleteAsync, nobody: Answer.UserNotFound));
    }

    /// <summary>For changes that are answered with the record as it is served from now on.</summary>
    private async Task AnswerAsync<T>(
        HttpContext context, Func<ReadOnlyMemory<byte>, T?> read, Func<Username, T, CancellationToken, Task<(SignedRecord? Record, Answer? Refusal)>> change)
        where T : class
    {
        if (read(await context.ReadBodyAsync().ConfigureAwait(false)) is not { } request)
        {
            await Answer.Refused(Refusal.Request).WriteAsync(context).ConfigureAwait(false);
            return;
        }
        var (record, refusal) = context.TryGetName(out var name)
            ? await change(name, request, context.RequestAborted).ConfigureAwait(false)
            : (null, Answer.UserNotFound);
        await (record is null
            ? refusal!.WriteAsync(context)
            : Json.WriteAsync(context, RecordAnswer.Write(record.SignedPart, fresh.Sign(record.Response)))).ConfigureAwait(false);
    }
}
