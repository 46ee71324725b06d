using NesActors.FrontEnd.Rest.Access;
using NesActors.FrontEnd.Rest.Access.Limits;
using NesActors.FrontEnd.Rest.Api;
using NesActors.FrontEnd.Rest.Operating;

namespace NesActors.Rest.Tests;

public sealed class StreamSlotTests
{
    private readonly StreamCounts _counts = new();
    private readonly StreamSlots _slots;

    public StreamSlotTests() => _slots = new StreamSlots(2, _counts);

    [Fact]
    public void A_token_has_as_many_streams_as_it_may_and_no_more()
    {
        var first = _slots.Enter(With("a"), StreamKind.Sse);
        _slots.Enter(With("a"), StreamKind.Ws);

        var refused = Assert.Throws<ProblemException>(() => _slots.Enter(With("a"), StreamKind.Sse));
        Assert.Equal(ProblemCode.RateLimited, refused.Code);
        Assert.NotNull(refused.RetryAfter);
        _slots.Enter(With("b"), StreamKind.Sse);
        Assert.Equal(3, _counts.Open().Sum(open => open.Value));

        first.Dispose();
        first.Dispose();
        _slots.Enter(With("a"), StreamKind.Sse);
        Assert.Throws<ProblemException>(() => _slots.Enter(With("a"), StreamKind.Sse));
    }

    [Fact]
    public void Who_comes_by_the_socket_may_have_any_number()
    {
        var open = Enumerable.Range(0, 10).Select(_ => _slots.Enter(new Caller(null!, null), StreamKind.Sse)).ToList();

        Assert.Equal(10, _counts.Open().Sum(one => one.Value));
        foreach (var one in open) one.Dispose();
        Assert.Equal(0, _counts.Open().Sum(one => one.Value));
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_token_that_has_none_open_whatever_many_do_at_once()
    {
        var caller = With("a");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var turn = 0; turn < 2000; turn++)
            {
                try
                {
                    using var slot = _slots.Enter(caller, StreamKind.Sse);
                    Assert.InRange(_counts.Open().Sum(one => one.Value), 1, 2);
                }
                catch (ProblemException)
                {
                    // Two others have theirs.
                }
            }
        })));

        Assert.Equal(0, _slots.Tokens);
        Assert.Equal(0, _counts.Open().Sum(one => one.Value));
    }

    private static Caller With(string id) => new(null!, new Token(id, "test", Scope.Read, DateTimeOffset.UnixEpoch));
}
