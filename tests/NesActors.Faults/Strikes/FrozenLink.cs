using NesActors.Contracts;
using NesActors.Faults.Trials;
using NesActors.Testing;

namespace NesActors.Faults.Strikes;

/// <summary>A connection stands, and nothing passes any more; new ones do. Over when the session has noticed, and is on-line again.</summary>
internal sealed class FrozenLink(MqttProxy alices, MqttProxy bobs) : IStrike
{
    public string Name => "a half-open link";

    public async Task StrikeAsync(Exchange exchange, Random random, CancellationToken cancellation)
    {
        var (person, proxy) = random.Next(2) == 0 ? (exchange.Alice, alices) : (exchange.Bob, bobs);
        var cursor = await person.LastCursorAsync(cancellation);
        proxy.Freeze();
        await foreach (var item in person.Messenger.EventsAsync(cursor, cancellation))
        {
            if (item is ConnectionChanged { State: ConnectionState.Online }) return;
        }
    }
}
