using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using NesActors.Core.KeyDirectory.Sources;

namespace NesActors.Directory.Tests.Support;

/// <summary>An HTTP server on loopback that answers whatever the test tells it to; asked what it says of itself, it answers as a plain directory.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    private readonly WebApplication _web;

    private StubServer(WebApplication web, string scheme)
    {
        _web = web;
        var address = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Address = new UriBuilder(address) { Scheme = scheme }.Uri;
    }

    public Uri Address { get; }

    public static Task<StubServer> AnsweringAsync(int status, string body, string mediaType = "application/json") => StartAsync(context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = mediaType;
        return context.Response.WriteAsync(body);
    });

    public static async Task<StubServer> StartAsync(RequestDelegate answer, Action<ListenOptions>? listen = null, bool isPlain = true)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen ?? (_ => { })));
        var web = builder.Build();
        web.Run(context => isPlain && context.Request.Path.Value!.EndsWith("/directory", StringComparison.Ordinal) ? NotFoundAsync(context) : answer(context));
        await web.StartAsync();
        return new StubServer(web, listen is null ? "http" : "https");
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>What a server does that never answers.</summary>
    public static async Task UntilClientLeavesAsync(HttpContext context)
    {
        var left = new TaskCompletionSource();
        using var _ = context.RequestAborted.Register(left.SetResult);
        await left.Task;
    }

    public HttpKeyDirectory Client() => new(Options);

    public HttpKeyDirectoryOptions Options => new(Address, TestKeys.OriginalDirectory) { Timeout = Patience.Limit };

    public ValueTask DisposeAsync() => _web.DisposeAsync();
}
