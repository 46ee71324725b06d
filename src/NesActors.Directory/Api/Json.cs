using Microsoft.AspNetCore.Http;

namespace NesActors.Directory.Api;

/// <summary>Answers in JSON.</summary>
internal static class Json
{
    public static Task WriteAsync(HttpContext context, byte[] json)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        return context.Response.Body.WriteAsync(json, context.RequestAborted).AsTask();
    }
}
