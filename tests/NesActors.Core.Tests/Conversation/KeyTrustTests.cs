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
    public void Pins_the_first_keys_it_sees() => Assert.Equal((TrustState.Pinned, First), (Unseen.Seen(First, Vouching.None).State, Unseen.Seen(First, Vouching.None).Pinned));

    [Fact]
    public void Notices_other_keys_and_keeps_the_pin() =>
        Assert.Equal(new KeyTrust(First, Second), Unseen.Seen(First, Vouching.None).Seen(Second, Vouching.None));

    [Fact]
    public void Is_calm_again_when_the_pinned_keys_are_back() =>
        Assert.Equal(TrustState.Pinned, Unseen.Seen(First, Vouching.None).Seen(Second, Vouching.None).Seen(First, Vouching.None).State);

    [Theory]
    [InlineData(Vouching.Plain, Vouching.Proved, Vouching.Proved)]
    [InlineData(Vouching.Proved, Vouching.Plain, Vouching.Proved)]
    [InlineData(Vouching.None, Vouching.None, Vouching.None)]
    public void What_was_vouched_for_does_not_become_less_so(Vouching first, Vouching then, Vouching result) =>
        Assert.Equal(result, Unseen.Seen(First, first).Seen(First, then).Vouched);

    [Fact]
    public void Other_keys_do_not_vouch_for_the_pinned_ones() =>
        Assert.Equal(Vouching.Plain, Unseen.Seen(First, Vouching.Plain).Seen(Second, Vouching.Proved).Vouched);

    [Fact]
    public void Accepts_only_the_keys_on_offer()
    {
        var changed = Unseen.Seen(First, Vouching.None).Seen(Second, Vouching.None);
        Assert.Null(changed.Accept(First));
        Assert.Null(changed.Accept(new Fingerprint("33")));
        Assert.Equal(new KeyTrust(Second, null), changed.Accept(Second));
        Assert.Null(Unseen.Accept(First));
    }
}
