using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.RsaAes;
using NesActors.Testing;
using NesActors.Testing.Vectors;

namespace NesActors.Crypto.Tests.RsaAes;

/// <summary>What was sent to a message key just before it was changed.</summary>
public sealed class PreviousKeyTests
{
    private static readonly Username Amy = Username.Parse("amy");
    private readonly RsaAesSuite _suite = new();
    private readonly MemoryKeyStore _keys = new();

    public PreviousKeyTests()
    {
        Copy(VectorUser.Amy, "rsa-message", "rsa-message-previous");
        Copy(VectorUser.Ben, "rsa-message", "rsa-message");
        Copy(VectorUser.Ben, "rsa-sign", "rsa-sign");
    }

    [Theory]
    [InlineData("amy")]
    [InlineData("ben")]
    public void Opens_what_was_sealed_for_either_key(string keysOf)
    {
        using var amy = _suite.LoadIdentity(Amy, _keys, TimeProvider.System);
        using var cat = _suite.ReadPeer(VectorUser.Cat.PublicRecord);
        var (frame, message) = SealFor(Of(keysOf));

        Assert.Equal(message, amy.Open(frame).Frame?.Verify(cat));
    }

    [Fact]
    public void Opens_nothing_of_an_older_key_that_is_gone()
    {
        _keys.Erase("rsa-message-previous");
        using var amy = _suite.LoadIdentity(Amy, _keys, TimeProvider.System);

        var result = amy.Open(SealFor(VectorUser.Amy).Frame);

        Assert.Equal((null, DropReason.CannotOpen), (result.Frame, result.Reason));
    }

    [Fact]
    public void Says_that_the_older_key_is_damaged()
    {
        _keys.Write("rsa-message-previous", "no key"u8, isSecret: true);

        Assert.Throws<KeyException>(() => _suite.LoadIdentity(Amy, _keys, TimeProvider.System));
    }

    private (byte[] Frame, Message Message) SealFor(VectorUser keysOf)
    {
        using var sender = _suite.LoadIdentity(VectorUser.Cat.Username, VectorUser.Cat.KeyStore(), TimeProvider.System);
        using var recipient = _suite.ReadPeer(keysOf.PublicRecord with { User = Amy });
        var message = new Message(sender.User, Amy, DateTimeOffset.UnixEpoch, "under way");
        return (sender.Seal(message, recipient), message);
    }

    private static VectorUser Of(string name) => VectorUser.All.Single(user => user.Name == name);

    private void Copy(VectorUser user, string entry, string to) => _keys.Write(to, user.KeyStore().Read(entry)!, isSecret: true);
}
