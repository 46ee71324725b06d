using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace NesActors.Benchmarks.Directory;

/// <summary>The least that ASP.NET Core does to serve some bytes: what the directory's look-ups are compared with.</summary>
internal static class BareEndpoint
{
    public static async Task<int> RunAsync(int port, int size)
    {
        var body = new byte[size];
        body.AsSpan().Fill((byte)'x');
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        await using var web = builder.Build();
        web.Run(context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            return context.Response.Body.WriteAsync(body).AsTask();
        });
        await web.RunAsync().ConfigureAwait(false);
        return 0;
    }
}
