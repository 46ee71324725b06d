using Akka.Actor;
using Akka.Routing;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.Crypto;

/// <summary>Makes the crypto pool.</summary>
internal static class CryptoHosting
{
    /// <summary>A router over workers; by <c>nes.crypto-dispatcher</c>, each gives its thread back after one piece of work.</summary>
    public static Props Pool(ILocalIdentity identity, int workers) =>
        Props.Create(() => new CryptoWorker(identity)).WithRouter(new RoundRobinPool(workers)).WithDispatcher("nes.crypto-dispatcher");
}
