using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NesActors.Core.Hosting;
using NesActors.Core.Keys;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Attach;

/// <summary>
/// Lets other processes of the same user use the session of this one, over a Unix domain socket of mode 0600. On Linux the system says whose process asks
/// (SO_PEERCRED), and others' are hung up on; elsewhere the mode of the state folder, 0700, keeps them out.
/// </summary>
public sealed class AttachServer : IAsyncDisposable
{
    internal const int MaxConnections = 256;

    private readonly StateLock _held;
    private readonly WebApplication _web;

    private AttachServer(StateLock held, WebApplication web) => (_held, _web) = (held, web);

    /// <summary>Begins to answer.</summary>
    /// <param name="held">The right to run the session of the folder.</param>
    /// <param name="session">The session.</param>
    /// <param name="owner">What is told of this process.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="unpublished">Tells <see cref="OwnerInfo.Unpublished"/> when somebody attaches.</param>
    /// <param name="commands">Runs command lines that other processes hand over; <see langword="null"/>: nobody does, and they run them themselves.</param>
    /// <exception cref="StateException">Something stands in the way of the socket.</exception>
    public static async Task<AttachServer> StartAsync(
        StateLock held, NesHost session, OwnerInfo owner, CancellationToken cancellation, Func<string?>? unpublished = null, CommandRunner? commands = null)
    {
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(session);
        var path = LocalSocket.Owner.Prepare(held);
        var web = BuildWeb(path);
        web.Run(new AttachApi(session.Messenger, session.Store, owner, unpublished, commands is null ? null : new CommandAnswer(commands)).HandleAsync);
        try
        {
            await web.StartAsync(cancellation).ConfigureAwait(false);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, FileModes.Private);
            return new AttachServer(held, web);
        }
        catch (Exception e)
        {
            await web.DisposeAsync().ConfigureAwait(false);
            if (e is IOException or UnauthorizedAccessException) throw new StateException($"The socket {path} cannot be made: {e.Message}", e);
            throw;
        }
    }

    /// <summary>Ends all calls, and removes the socket.</summary>
    public async ValueTask DisposeAsync()
    {
        // No call may end well that is cut short: those attached go on at the next owner.
        using var now = new CancellationTokenSource();
        await now.CancelAsync().ConfigureAwait(false);
        await _web.StopAsync(now.Token).ConfigureAwait(false);
        await _web.DisposeAsync().ConfigureAwait(false);
        LocalSocket.Owner.Remove(_held);
    }

    private static WebApplication BuildWeb(string path)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, PassiveLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = AttachProtocol.MaxRequestBytes;
            kestrel.Limits.MaxRequestLineSize = 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 8 * 1024;
            kestrel.Limits.MaxRequestHeaderCount = 16;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            // A reader of events may stand still as long as it likes: `nes listen | less`.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.ListenUnixSocket(path, endpoint =>
            {
                endpoint.Protocols = HttpProtocols.Http1;
                endpoint.Use(next => connection => IsOfThisUser(connection) ? next(connection) : HangUp(connection));
            });
        });
        return builder.Build();
    }

    private static bool IsOfThisUser(ConnectionContext connection) =>
        connection.Features.Get<IConnectionSocketFeature>() is { } feature && PeerCredentials.MayTalk(feature.Socket);

    private static Task HangUp(ConnectionContext connection)
    {
        connection.Abort();
        return Task.CompletedTask;
    }
}
