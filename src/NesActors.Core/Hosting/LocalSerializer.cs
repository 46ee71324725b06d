using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace NesActors.Core.Hosting;

/// <summary>
/// Stands for the JSON serializer in the settings of the actor system. All actors are in one process, so nothing is ever serialized; making the
/// real one at each start costs tens of milliseconds. Without remoting, Akka only makes it and never asks it for anything.
/// </summary>
internal sealed class LocalSerializer : Serializer
{
    /// <summary>As Akka makes it; there is nothing to be set.</summary>
    public LocalSerializer(ExtendedActorSystem system, Config settings) : base(system) => _ = settings;

    /// <summary>The number of the serializer that it stands for.</summary>
    public override int Identifier => 1;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) => throw Unexpected(obj.GetType());

    public override object FromBinary(byte[] bytes, Type type) => throw Unexpected(type);

    private static NotSupportedException Unexpected(Type type) =>
        new($"{type.Name} was to be serialized, though all actors are in this process.");
}
