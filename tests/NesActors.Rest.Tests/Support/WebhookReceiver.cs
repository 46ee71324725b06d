using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NesActors.Rest.Tests.Support;

/// <summary>A real HTTP server on loopback that is told of events, and answers as a test says.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly WebApplication _web;
    private readonly Channel<Told> _told = Channel.CreateUnbounded<Told>();

    private WebhookReceiver(WebApplication web) => _web = web;

    /// <summary>Where it is told of events.</summary>
    public Uri Address => new(new Uri(_web.Urls.Single()), "/hook?key=of-the-person");

    /// <summary>How it answers; at first, with 204.</summary>
    public Func<Told, HttpContext, Task> Answer { get; set; } = (_, context) => WithAsync(context, StatusCodes.Status204NoContent);

    /// <summary>Starts it.</summary>
    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http1));
        builder.Logging.ClearProviders();
        var web = builder.Build();
        var receiver = new WebhookReceiver(web);
        web.Run(receiver.TakeAsync);
        await web.StartAsync();
        return receiver;
    }

    /// <summary>Answers all alike.</summary>
    public void Answers(int status) => Answer = (_, context) => WithAsync(context, status);

    /// <summary>Answers with a status.</summary>
    public static Task WithAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>Answers nothing until who asked has gone.</summary>
    public static Task StallAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        context.RequestAborted.Register(gone.SetResult);
        return gone.Task;
    }

    /// <summary>Waits for the next event that it is told of; it may not have answered yet.</summary>
    public async Task<Told> NextAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        return await _told.Reader.ReadAsync(limit.Token);
    }

    /// <summary>Waits for some.</summary>
    public async Task<IReadOnlyList<Told>> NextAsync(int count)
    {
        var all = new List<Told>();
        while (all.Count < count) all.Add(await NextAsync());
        return all;
    }

    /// <summary>Whether it was told of something that no test has looked at.</summary>
    public bool HasMore => _told.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _web.StopAsync(now.Token);
        await _web.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var told = new Told($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}", context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray());
        await _told.Writer.WriteAsync(told);
        await Answer(told, context);
    }
}

/// <summary>A request to a receiver.</summary>
internal sealed record Told(string Line, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Id => Headers["webhook-id"];

    public long Cursor => long.Parse(Id[(Id.LastIndexOf('_') + 1)..], CultureInfo.InvariantCulture);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? Type => Json.Text("type");

    public string? Text => Json.GetProperty("message").Text("text");
}
