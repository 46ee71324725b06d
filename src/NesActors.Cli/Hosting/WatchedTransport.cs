using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace NesActors.Cli.Hosting;

/// <summary>A transport that tells why it could not connect: a command that sends once need not try again where the broker will not have it.</summary>
internal sealed class WatchedTransport(ITransport inner, Action<TransportException> failed) : ITransport
{
    public Task<string> Disconnected => inner.Disconnected;

    public async Task ConnectAsync(TransportOptions options, Action<InboundFrame> receiver, CancellationToken cancellation)
    {
        try
        {
            await inner.ConnectAsync(options, receiver, cancellation);
        }
        catch (TransportException error)
        {
            failed(error);
            throw;
        }
    }

    public Task SubscribeAsync(Username mailbox, CancellationToken cancellation) => inner.SubscribeAsync(mailbox, cancellation);

    public Task<PublishResult> PublishAsync(Username mailbox, ReadOnlyMemory<byte> frame, CancellationToken cancellation) =>
        inner.PublishAsync(mailbox, frame, cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
