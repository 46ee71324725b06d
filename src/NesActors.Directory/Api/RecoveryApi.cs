using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NesActors.Contracts;
using NesActors.Directory.Owners;
using NesActors.Directory.Recovery;
using NesActors.Records;

namespace NesActors.Directory.Api;

/// <summary><c>/users/{name}/recovery</c>: asking for new keys, watching that, stopping it.</summary>
internal sealed class RecoveryApi(Recoveries recoveries)
{
    private const string Path = "/users/{username}/recovery";
    private const string VetoPath = Path + "/veto";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync);
        routes.MapPost(Path, context => context.AnswerAsync(RecoveryRequest.TryRead, recoveries.RequestAsync, nobody: Answer.UserNotFound));
        routes.MapOtherMethods(Path, $"{HttpMethods.Get}, {HttpMethods.Post}");
        routes.MapPost(VetoPath, context => context.AnswerAsync(SignedRequest.TryRead, recoveries.VetoAsync, nobody: Answer.NoRecovery));
    }

    private async Task ShowAsync(HttpContext context)
    {
        if (context.TryGetName(out var name) && await recoveries.FindAsync(name, context.RequestAborted).ConfigureAwait(false) is { } recovery)
            await Json.WriteAsync(context, ToJson(name, recovery)).ConfigureAwait(false);
        else
            await Answer.NoRecovery.WriteAsync(context).ConfigureAwait(false);
    }

    private static byte[] ToJson(Username name, StoredRecovery recovery) => RecordJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("user", name.Value);
        json.WriteString("state", recovery.State);
        if (recovery.IsConfirmed) json.WriteNumber("after", recovery.Until.ToUnixTimeMilliseconds());
        recovery.WriteKeys(json);
        json.WriteEndObject();
    });
}
