using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NesActors.Directory.Records;
using NesActors.Directory.Registration;
using NesActors.Directory.Storage;
using NesActors.Records;

namespace NesActors.Directory.Api;

/// <summary><c>GET /users/{name}/history</c>: every record of a name, page by page.</summary>
internal sealed class HistoryApi(HistoryStore history, Digest directory, FreshSigner fresh)
{
    private const string Path = "/users/{username}/history";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ListAsync);
        routes.MapOtherMethods(Path, HttpMethods.Get);
    }

    private async Task ListAsync(HttpContext context)
    {
        if (!TryGetAfter(context.Request, out var after))
        {
            await Answer.Refused(Refusal.Request).WriteAsync(context).ConfigureAwait(false);
            return;
        }
        if (!context.TryGetName(out var name) || await history.FindAsync(directory, name, after, context.RequestAborted).ConfigureAwait(false) is not { } page)
        {
            await Answer.UserNotFound.WriteAsync(context).ConfigureAwait(false);
            return;
        }
        var response = page.ToJson();
        await Json.WriteAsync(context, RecordHistory.Write(response, fresh.Sign(response))).ConfigureAwait(false);
    }

    private static bool TryGetAfter(HttpRequest request, out long after)
    {
        after = 0;
        return request.Query["after"] is var values
            && (values.Count == 0 || (values.Count == 1 && long.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out after)));
    }
}
