using System.Collections.Concurrent;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2.Keys;
using NesActors.PluginContracts.Crypto;
using NesActors.Testing;
using NesActors.Testing.Vectors;

namespace NesActors.Crypto.Tests.Nes2;

/// <summary>Secrets are overwritten when they are no longer needed.</summary>
public sealed class KeyHygieneTests
{
    private readonly SpecClock _clock = new();

    [Fact]
    public void What_was_read_from_the_key_store_is_overwritten()
    {
        var keys = new WatchedKeys();
        using var amy = new Person(VectorUser.Amy, _clock, keys);
        _ = amy.Statement;
        _clock.Set(_clock.GetUtcNow().AddDays(8));
        _ = amy.Statement;
        using var again = amy.LoadAgain();

        Assert.NotEmpty(keys.HandedOut);
        Assert.All(keys.HandedOut, content => Assert.False(content.AsSpan().ContainsAnyExcept((byte)0)));
    }

    [Fact]
    public void Disposing_overwrites_the_keys_in_memory()
    {
        var identity = IdentityKey.Generate();
        var prekey = Prekey.Generate(_clock.GetUtcNow());
        identity.Dispose();
        prekey.Dispose();

        Assert.False(identity.PrivateKey.ContainsAnyExcept((byte)0));
        Assert.False(prekey.Seed.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void A_disposed_identity_neither_seals_nor_opens()
    {
        using var ben = new Person(VectorUser.Ben, _clock);
        var amy = new Person(VectorUser.Amy, _clock);
        var content = amy.Identity.Compose(new Contracts.Message(amy.User, ben.User, _clock.GetUtcNow(), "hello"));
        amy.Dispose();

        Assert.Throws<ObjectDisposedException>(() => amy.Identity.Seal(content, ben.Peer));
        Assert.Throws<ObjectDisposedException>(() => amy.Identity.Open(new byte[2000]));
    }

    [Fact]
    public void Zeros_that_a_broken_erasing_left_are_no_prekey_and_no_error()
    {
        using var amy = new Person(VectorUser.Amy, _clock);
        _ = amy.Statement;
        amy.Keys.Write("nes2-prekey-0", new byte[1265], isSecret: true);

        using var again = amy.LoadAgain();
        Assert.NotEmpty(again.PublicRecord.Entries["statement_nes2"]);
    }

    /// <summary>Remembers every private entry that it handed out.</summary>
    private sealed class WatchedKeys : IKeyStore
    {
        private readonly MemoryKeyStore _keys = new();
        private readonly ConcurrentBag<byte[]> _handedOut = [];

        public IReadOnlyCollection<byte[]> HandedOut => _handedOut;

        public byte[]? Read(string name)
        {
            var content = _keys.Read(name);
            if (content is not null && !name.EndsWith(".pub", StringComparison.Ordinal)) _handedOut.Add(content);
            return content;
        }

        public void Write(string name, ReadOnlySpan<byte> content, bool isSecret) => _keys.Write(name, content, isSecret);

        public void Erase(string name) => _keys.Erase(name);
    }
}
