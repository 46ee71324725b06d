namespace NesActors.Broker;

/// <summary>How the embedded broker runs.</summary>
public sealed record EmbeddedBrokerOptions
{
    /// <summary>Where it listens: <c>mqtt://</c> or <c>tcp://</c>, an IP address or <c>localhost</c>, and a port; 0 is any free one, none is 1883.</summary>
    public Uri Listen { get; init; } = new("mqtt://127.0.0.1:1883");

    /// <summary>The largest packet it takes, in bytes of its remaining length. Clients of MQTT 5 are told; a connection that sends more is ended.</summary>
    public int MaxPacketBytes { get; init; } = 1024 * 1024 + 4096;

    /// <summary>How many messages wait for one client at most; the next are not kept for it.</summary>
    public int MaxPendingPerClient { get; init; } = 10_000;

    /// <summary>Is told of every message that is published, before it is passed on, on the publisher's thread. Must neither block nor throw.</summary>
    public Action<PublishedFrame>? Published { get; init; }
}

/// <summary>A message that somebody published.</summary>
/// <param name="Topic">Its topic, as the publisher wrote it.</param>
/// <param name="Payload">A copy of its bytes.</param>
public sealed record PublishedFrame(string Topic, ReadOnlyMemory<byte> Payload);
