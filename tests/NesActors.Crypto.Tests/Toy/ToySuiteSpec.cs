using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.PluginContracts;
using NesActors.PluginContracts.Crypto;
using NesActors.Testing;

namespace NesActors.Crypto.Tests.Toy;

/// <summary>The spec fits a suite with binary frames, hidden senders and prekeys.</summary>
public sealed class ToySuiteSpec : CryptoSuiteSpec
{
    protected override ICryptoSuite CreateSuite() => new ToySuite();

    [Fact]
    public void The_senders_name_does_not_stand_in_the_frame()
    {
        var (suite, store) = (new ToySuite(), new MemoryKeyStore());
        suite.GenerateKeys(Alice, store, new KeyGenerationOptions(), CancellationToken.None);
        using var alice = suite.LoadIdentity(Alice, store, Clock);
        using var self = suite.ReadPeer(alice.PublicRecord);

        var frame = alice.Seal(new Message(Alice, Alice, Clock.GetUtcNow(), "hello"), self);

        Assert.True(frame.AsSpan().IndexOf("alice"u8) < 0);
    }

    [Fact]
    public void A_frame_does_not_open_after_its_prekey_was_erased()
    {
        var (suite, store) = (new ToySuite(), new MemoryKeyStore());
        suite.GenerateKeys(Alice, store, new KeyGenerationOptions(), CancellationToken.None);
        using var alice = suite.LoadIdentity(Alice, store, Clock);
        using var self = suite.ReadPeer(alice.PublicRecord);
        var frame = alice.Seal(new Message(Alice, Alice, Clock.GetUtcNow(), "hello"), self);
        var prekey = Assert.Single(store.Names, name => name.StartsWith("toy-prekey.", StringComparison.Ordinal));

        Clock.Set(Clock.GetUtcNow().AddDays(3));

        Assert.Equal(OpenResult.Dropped(DropReason.CannotOpen), alice.Open(frame));
        Assert.DoesNotContain(prekey, store.Names);
    }
}
