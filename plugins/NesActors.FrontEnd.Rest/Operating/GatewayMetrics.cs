using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Hosting;

namespace NesActors.FrontEnd.Rest.Operating;

/// <summary>
/// What a gateway counts beside what the web framework does. Counting is adding to a number; the numbers are read when Prometheus asks. No label tells a name but those of the identities that are
/// served, no address, and nothing that a client makes up.
/// </summary>
internal static class GatewayMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "NesActors.Gateway";

    /// <summary>Makes the instruments, for as long as the meter lives.</summary>
    public static void AddTo(Meter meter, ServedIdentities identities, StreamCounts streams)
    {
        meter.CreateObservableUpDownCounter("nes.gateway.streams", streams.Open, description: "Streams of events that are open, by kind");
        meter.CreateObservableCounter("nes.gateway.streams.cut", streams.CutOff, description: "Streams that were cut off because their reader was too slow");
        meter.CreateObservableCounter("nes.gateway.messages", () => All(identities, (tail, label) => tail.Messages(label)), description: "Messages that came, and those that go out by each state they came into, since the session began");
        meter.CreateObservableCounter("nes.gateway.events", () => All(identities, (tail, label) => tail.Events(label)), description: "Events of the log since the session began, by type");
        meter.CreateObservableGauge("nes.session.online", () => Each(identities, status => status.Connection == ConnectionState.Online ? 1 : 0), description: "Whether the session is connected to its broker");
        meter.CreateObservableGauge("nes.session.queued", () => Each(identities, status => status.Queued), description: "Messages that wait to go out");
        meter.CreateObservableGauge("nes.session.spooled", () => Each(identities, status => status.Spooled), description: "Frames that arrived and were not yet looked through");
        meter.CreateObservableCounter("nes.session.dropped", () => Dropped(identities), description: "Frames dropped since the session began, by reason");
        meter.CreateObservableGauge("nes.webhooks.deliveries", () => Deliveries(identities), description: "Events that receivers of webhooks have not taken: pending, or dead");
    }

    /// <summary>The label that tells whose it is.</summary>
    public static KeyValuePair<string, object?> Of(ServedIdentity identity) => new("identity", identity.User.Value);

    private static List<Measurement<long>> Deliveries(ServedIdentities identities)
    {
        var all = new List<Measurement<long>>();
        foreach (var identity in identities.All)
        {
            try
            {
                var (pending, dead) = identity.Webhooks.Deliveries.Count();
                all.Add(new Measurement<long>(pending, Of(identity), KeyValuePair.Create("state", (object?)"pending")));
                all.Add(new Measurement<long>(dead, Of(identity), KeyValuePair.Create("state", (object?)"dead")));
            }
            catch (SqliteException)
            {
                // That the memory cannot be read is told by /health/ready; the other numbers are of use all the same.
            }
        }
        return all;
    }

    private static IEnumerable<Measurement<long>> All(ServedIdentities identities, Func<EventTail, KeyValuePair<string, object?>, IEnumerable<Measurement<long>>> read) =>
        identities.All.Where(identity => identity.Tail is not null).SelectMany(identity => read(identity.Tail!, Of(identity)));

    private static IEnumerable<Measurement<long>> Each(ServedIdentities identities, Func<MessengerStatus, long> read) =>
        identities.All.Where(identity => identity.Readiness.Last is not null).Select(identity => new Measurement<long>(read(identity.Readiness.Last!), Of(identity)));

    private static IEnumerable<Measurement<long>> Dropped(ServedIdentities identities) =>
        from identity in identities.All
        where identity.Readiness.Last is not null
        from drop in identity.Readiness.Last!.Dropped
        select new Measurement<long>(drop.Value, Of(identity), KeyValuePair.Create("reason", (object?)JsonNamingPolicy.SnakeCaseLower.ConvertName(drop.Key.ToString())));
}
