using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;

namespace NesActors.FrontEnd.Rest.Api.Description;

/// <summary>
/// <c>/docs</c>: the description as a page for people, by Scalar, whose script comes with the package. Nothing of it asks another origin, and its policy would not let it. It adds styles while it runs,
/// which no other page here may.
/// </summary>
internal static class DocsPage
{
    private const string Path = "/docs";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapScalarApiReference(Path, (options, context) =>
    {
        options.Title = "NesActors API";
        options.OpenApiRoutePattern = ApiDescription.Path;
        options.Favicon = "/page/icon.svg";
        // What would ask its makers' servers.
        options.DefaultFonts = false;
        options.Telemetry = false;
        options.Agent = new ScalarAgentOptions { Disabled = true };
        options.Mcp = new ScalarMcpOptions { Disabled = true };
        options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        options.DynamicNonce = true;
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.ContentSecurityPolicy = PolicyOf(context);
            return Task.CompletedTask;
        });
    }).AllowAnonymous().ExcludeFromDescription();

    private static string PolicyOf(HttpContext context) =>
        $"default-src 'none'; script-src 'self' 'nonce-{context.Items[ScalarOptions.NonceHttpContextItemKey]}'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; font-src 'self' data:; "
        + "base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
}
