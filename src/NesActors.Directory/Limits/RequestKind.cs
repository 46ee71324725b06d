using Microsoft.AspNetCore.Http;

namespace NesActors.Directory.Limits;

/// <summary>What a request asks for, as the limits see it: by method and address alone, before anything is read.</summary>
internal enum RequestKind
{
    Read,
    Proof,
    Registration,
    Change,
    Statement,
    Link,
}

/// <summary>Tells the kinds apart.</summary>
internal static class RequestKinds
{
    private static readonly PathString Users = "/users";

    public static RequestKind Of(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return request.QueryString.HasValue && request.Query.ContainsKey("proof") ? RequestKind.Proof : RequestKind.Read;
        if (!request.Path.StartsWithSegments(Users, out var rest)) return RequestKind.Change;
        var segments = rest.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (HttpMethods.IsPut(request.Method) && segments is [_, "statement"]) return RequestKind.Statement;
        if (!HttpMethods.IsPost(request.Method)) return RequestKind.Change;
        return segments switch
        {
            [] => RequestKind.Registration,
            [_, "revoke" or "recovery"] => RequestKind.Change,
            [_, _] => RequestKind.Link,
            _ => RequestKind.Change,
        };
    }
}
