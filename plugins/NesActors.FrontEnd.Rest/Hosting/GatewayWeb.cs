using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Api;
using NesActors.FrontEnd.Rest.Operating;
using NesActors.FrontEnd.Rest.Web;

namespace NesActors.FrontEnd.Rest.Hosting;

/// <summary>The web application: what every request goes through, in this order, and the routes.</summary>
internal static class GatewayWeb
{
    public static WebApplication Build(GatewayRequest request, ServedIdentities identities)
    {
        // The empty builder reads no settings of the environment and no files: what the gateway does is in its request.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.AddSingleton(request.Clock);
        builder.Services.AddSingleton(identities);
        builder.Services.AddSingleton<StreamCounts>();
        builder.Services.AddRouting();
        builder.Services.AddProblemDetails();
        builder.Services.AddAccess();
        // A body that cannot be bound is a problem like others, told by Failures.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(ApiJson.Apply);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Logging.AddProvider(new GatewayLogging(request.Log));
        // Below a warning the framework logs the address of each request, and with it whom it is about.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listeners.Apply(kestrel, request, identities));

        var web = builder.Build();
        web.Use(SecurityHeaders.InvokeAsync);
        web.Use(new Failures(web.Services.GetRequiredService<ILogger<Failures>>()).InvokeAsync);
        web.UseStatusCodePages(context => UnknownAsync(context.HttpContext));
        web.UseRouting();
        web.UseAuthentication();
        web.UseAuthorization();
        Map(web, request);
        return web;
    }

    private static void Map(WebApplication web, GatewayRequest request)
    {
        new TokensApi(request.Clock).Map(web);
        new IdentitiesApi(request).Map(web);
        WebPage.Map(web);
        MessagesApi.Map(web);
        ContactsApi.Map(web);
        VerificationApi.Map(web);
        ConversationsApi.Map(web);
        WebhooksApi.Map(web);
    }

    /// <summary>What the framework itself refuses has a status and no body.</summary>
    private static Task UnknownAsync(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => Problem.WriteAsync(context, ProblemCode.NotFound, "There is no such route; /openapi/v1.json lists them."),
        StatusCodes.Status405MethodNotAllowed => Problem.WriteAsync(context, ProblemCode.MethodNotAllowed, $"{context.Request.Method} is not for this route."),
        StatusCodes.Status415UnsupportedMediaType => Problem.WriteAsync(context, ProblemCode.UnsupportedMediaType, "The Content-Type is none that is taken here."),
        _ => Task.CompletedTask,
    };
}
