using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Access.Browsers;
using NesActors.FrontEnd.Rest.Access.Limits;
using NesActors.FrontEnd.Rest.Api;
using NesActors.FrontEnd.Rest.Api.Description;
using NesActors.FrontEnd.Rest.Operating;
using NesActors.FrontEnd.Rest.Streams;
using NesActors.FrontEnd.Rest.Web;

namespace NesActors.FrontEnd.Rest.Hosting;

/// <summary>The web application: what every request goes through, in this order, and the routes.</summary>
internal static class GatewayWeb
{
    public static WebApplication Build(GatewayRequest request, ServedIdentities identities)
    {
        var hosts = request.Network is { } network ? new HostCheck(network) : null;
        var origins = new AllowedOrigins(request.Network?.Origins ?? []);
        var limits = new RequestLimits(request.Limits, request.Clock);
        // The empty builder reads no settings of the environment and no files: what the gateway does is in its request.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.AddSingleton(request.Clock);
        builder.Services.AddSingleton(identities);
        builder.Services.AddSingleton(limits);
        builder.Services.AddSingleton<SignInCodes>();
        builder.Services.AddSingleton<StreamCounts>();
        builder.Services.AddSingleton(services => new StreamSlots(request.Limits.Streams, services.GetRequiredService<StreamCounts>()));
        builder.Services.AddSingleton<SlowReaders>();
        builder.Services.AddRouting();
        builder.Services.AddProblemDetails();
        builder.Services.AddAccess();
        origins.AddTo(builder.Services);
        ApiDescription.AddTo(builder.Services, request.ProgramVersion);
        // A body that cannot be bound is a problem like others, told by Failures.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(ApiJson.Apply);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Logging.AddProvider(new GatewayLogging(request.Log));
        // Below a warning the framework logs the address of each request, and with it whom it is about.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // A line for each wrong token would let anybody fill the log.
        builder.Logging.AddFilter(typeof(Authentication).FullName, LogLevel.Warning);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listeners.Apply(kestrel, request, identities));

        var web = builder.Build();
        ForwardedFrom.Use(web, request.Network?.TrustedProxies ?? []);
        web.Use(SecurityHeaders.InvokeAsync);
        web.Use(new Failures(web.Services.GetRequiredService<ILogger<Failures>>()).InvokeAsync);
        web.UseStatusCodePages(context => UnknownAsync(context.HttpContext));
        if (hosts is not null) web.Use(hosts.InvokeAsync);
        web.Use(new OriginCheck(origins, hosts).InvokeAsync);
        web.UseRouting();
        origins.Use(web);
        web.UseAuthentication();
        web.Use(limits.InvokeAsync);
        web.UseAuthorization();
        web.UseWebSockets(SocketApi.Options);
        Map(web, request);
        return web;
    }

    private static void Map(WebApplication web, GatewayRequest request)
    {
        new TokensApi(request.Clock).Map(web);
        new SignInApi(web.Services.GetRequiredService<SignInCodes>(), web.Services.GetRequiredService<RequestLimits>(), request.Clock).Map(web);
        new IdentitiesApi(request).Map(web);
        new HealthApi(web.Services.GetRequiredService<ServedIdentities>(), tellsAll: false).Map(web);
        var description = ApiDescription.Map(web);
        // No browser comes to a socket, and commands that serve one for a moment start the sooner.
        if (request.Network is not null) DocsPage.Map(web, description);
        WebPage.Map(web);
        MessagesApi.Map(web);
        ContactsApi.Map(web);
        VerificationApi.Map(web);
        ConversationsApi.Map(web);
        EventsApi.Map(web);
        InboxApi.Map(web);
        SocketApi.Map(web);
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
