using NesActors.Contracts;
using NesActors.Core.Storage;

namespace NesActors.Core.Tests.Storage;

public sealed class SpoolAccountTests
{
    private readonly SpoolAccount _account = new(64L << 20);

    [Fact]
    public void Of_more_strangers_than_may_wait_the_latest_do_not()
    {
        for (var i = 1; i <= SpoolAccount.MaxHeldSenders; i++) Assert.Empty(Hold(i, NameOf(i)));

        Assert.Equal([new SpoolId(10_000)], Hold(10_000, Username.Parse("one-too-many")));
        Assert.Empty(Hold(10_001, NameOf(7)));

        _account.Remove(new SpoolId(1));
        Assert.Empty(Hold(10_002, Username.Parse("there-is-room")));
    }

    private static Username NameOf(int number) => Username.Parse($"stranger-{number}");

    private IReadOnlyList<SpoolId> Hold(long id, Username sender)
    {
        Assert.True(_account.TryReserve(1));
        _account.Keep(new SpoolId(id), 1);
        return _account.Hold(new SpoolId(id), sender);
    }
}
