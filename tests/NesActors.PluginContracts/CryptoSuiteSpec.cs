using System.Collections.Concurrent;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.PluginContracts.Crypto;

namespace NesActors.PluginContracts;

/// <summary>
/// What the host relies on in every crypto suite. A suite's author subclasses it and says how the suite is made:
/// <code>
/// public sealed class MySuiteSpec : CryptoSuiteSpec
/// {
///     protected override ICryptoSuite CreateSuite() => new MySuite();
/// }
/// </code>
/// The spec knows nothing of a suite but the contract: no form of frame, no names of keys. Keys are made once for each user and
/// subclass, and every test works on a copy of them.
/// </summary>
public abstract partial class CryptoSuiteSpec
{
    private static readonly ConcurrentDictionary<(Type, Username), Lazy<SpecKeyStore>> MadeKeys = new();

    /// <summary>Who writes.</summary>
    protected static Username Alice { get; } = Username.Parse("alice");

    /// <summary>Who is written to.</summary>
    protected static Username Bob { get; } = Username.Parse("bob_the-2nd");

    /// <summary>Who should get nothing out of it.</summary>
    protected static Username Mallory { get; } = Username.Parse("mallory");

    /// <summary>The clock that identities are given. Stands still unless a test moves it.</summary>
    protected SpecClock Clock { get; } = new();

    /// <summary>How keys are made; the least size that the suite takes keeps the spec fast.</summary>
    protected virtual KeyGenerationOptions KeyOptions => new();

    /// <summary>How many changed frames the spec tries of each sort, spread over the frame. Lower it for a suite that opens slowly.</summary>
    protected virtual int MaxChangedFrames => 20_000;

    /// <summary>How many random inputs the spec tries of each sort.</summary>
    protected virtual int RandomInputs => 200;

    /// <summary>Makes the suite that is tested. Called once a test.</summary>
    protected abstract ICryptoSuite CreateSuite();

    /// <summary>A user with keys, loaded from a copy of a store of its own.</summary>
    private ILocalIdentity Load(ICryptoSuite suite, Username user) => suite.LoadIdentity(user, KeysOf(suite, user).Copy(), Clock);

    private SpecKeyStore KeysOf(ICryptoSuite suite, Username user) =>
        MadeKeys.GetOrAdd((GetType(), user), _ => new Lazy<SpecKeyStore>(() => NewKeys(suite, user))).Value;

    private SpecKeyStore NewKeys(ICryptoSuite suite, Username user)
    {
        var store = new SpecKeyStore();
        suite.GenerateKeys(user, store, KeyOptions, CancellationToken.None);
        return store;
    }

    private Message NewMessage(string text) => new(Alice, Bob, Clock.GetUtcNow(), text);

    private static OpenedFrame MustOpen(ILocalIdentity identity, byte[] frame)
    {
        var result = identity.Open(frame);
        Assert.True(result.Frame is not null, $"A frame to {identity.User} did not open: {result.Reason.ToCode()}.");
        return result.Frame;
    }

    private static void MustBeDropped(OpenResult result)
    {
        Assert.Null(result.Frame);
        Assert.Contains(result.Reason, (DropReason[])[DropReason.BadFrame, DropReason.CannotOpen, DropReason.BadMessage]);
    }

    /// <summary>Alice and bob with each other's public keys, each loaded when a test first needs it.</summary>
    private sealed class Pair : IDisposable
    {
        private readonly Lazy<ILocalIdentity> _alice, _bob;
        private readonly Lazy<IPeerIdentity> _aliceAsPeer, _bobAsPeer;

        public Pair(CryptoSuiteSpec spec)
        {
            Suite = spec.CreateSuite();
            _alice = new(() => spec.Load(Suite, CryptoSuiteSpec.Alice));
            _bob = new(() => spec.Load(Suite, CryptoSuiteSpec.Bob));
            _aliceAsPeer = new(() => Suite.ReadPeer(Alice.PublicRecord));
            _bobAsPeer = new(() => Suite.ReadPeer(Bob.PublicRecord));
        }

        public ICryptoSuite Suite { get; }

        public ILocalIdentity Alice => _alice.Value;

        public ILocalIdentity Bob => _bob.Value;

        public IPeerIdentity AliceAsPeer => _aliceAsPeer.Value;

        public IPeerIdentity BobAsPeer => _bobAsPeer.Value;

        public void Dispose()
        {
            if (_alice.IsValueCreated) Alice.Dispose();
            if (_bob.IsValueCreated) Bob.Dispose();
            if (_aliceAsPeer.IsValueCreated) AliceAsPeer.Dispose();
            if (_bobAsPeer.IsValueCreated) BobAsPeer.Dispose();
        }
    }
}
