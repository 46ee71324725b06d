using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2;
using NesActors.Crypto.Nes2.Keys;
using NesActors.PluginContracts.Crypto;
using NesActors.Testing;
using NesActors.Testing.Vectors;

namespace NesActors.Crypto.Tests.Nes2;

/// <summary>A user of suite nes2 with the RSA keys of the vectors, which saves making some.</summary>
internal sealed class Person : IDisposable
{
    private static readonly Nes2Suite Suite = new();

    public Person(VectorUser rsa, SpecClock clock, IKeyStore? keys = null)
    {
        Clock = clock;
        Keys = keys ?? new MemoryKeyStore();
        foreach (var name in rsa.KeyStore().Names) Keys.Write(name, rsa.KeyStore().Read(name)!, isSecret: true);
        Suite.GenerateKeys(rsa.Username, Keys, new KeyGenerationOptions(), CancellationToken.None);
        User = rsa.Username;
        Identity = Suite.LoadIdentity(User, Keys, clock);
    }

    public SpecClock Clock { get; }

    public Username User { get; }

    public IKeyStore Keys { get; }

    public ILocalIdentity Identity { get; }

    public string Statement => Identity.PublicRecord.Entries["statement_nes2"];

    /// <summary>As others see this user now.</summary>
    public Nes2Peer Peer => (Nes2Peer)Suite.ReadPeer(Identity.PublicRecord);

    /// <summary>The prekeys that are in the store.</summary>
    public IReadOnlyList<Prekey> Prekeys => [.. PrekeyRing.Entries.Select(entry => Prekey.TryRead(Keys, entry)).OfType<Prekey>()];

    public byte[] Seal(string text, Person to) => Identity.Seal(new Message(User, to.User, Clock.GetUtcNow(), text), to.Peer);

    public string? Read(byte[] frame, Person from) => Identity.Open(frame).Frame?.Verify(from.Peer)?.Text;

    public ILocalIdentity LoadAgain() => Suite.LoadIdentity(User, Keys, Clock);

    public void Dispose() => Identity.Dispose();
}
