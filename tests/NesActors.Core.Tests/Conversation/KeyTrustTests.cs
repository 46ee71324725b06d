using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Conversation;

namespace NesActors.Core.Tests.Conversation;

public sealed class KeyTrustTests
{
    private static readonly Fingerprint First = new("11");
    private static readonly Fingerprint Second = new("22");
    private static readonly KeyTrust Unseen = new(null, null);

    [Fact]
    public void Pins_the_first_keys_it_sees() => Assert.Equal((TrustState.Pinned, First), (Unseen.Seen(First).State, Unseen.Seen(First).Pinned));

    [Fact]
    public void Notices_other_keys_and_keeps_the_pin() =>
        Assert.Equal(new KeyTrust(First, Second), Unseen.Seen(First).Seen(Second));

    [Fact]
    public void Is_calm_again_when_the_pinned_keys_are_back() =>
        Assert.Equal(TrustState.Pinned, Unseen.Seen(First).Seen(Second).Seen(First).State);

    [Fact]
    public void Accepts_only_the_keys_on_offer()
    {
        var changed = Unseen.Seen(First).Seen(Second);
        Assert.Null(changed.Accept(First));
        Assert.Null(changed.Accept(new Fingerprint("33")));
        Assert.Equal(new KeyTrust(Second, null), changed.Accept(Second));
        Assert.Null(Unseen.Accept(First));
    }
}
