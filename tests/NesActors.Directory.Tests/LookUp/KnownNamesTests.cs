using NesActors.Directory.LookUp;

namespace NesActors.Directory.Tests.LookUp;

public sealed class KnownNamesTests
{
    [Fact]
    public void Holds_all_names_and_hardly_any_other()
    {
        var names = new KnownNames();
        for (var i = 0; i < 200_000; i++) names.Add(NameHash.Of($"user{i}"), i + 1);
        Assert.All(Enumerable.Range(0, 200_000), i => Assert.True(names.MayHold(NameHash.Of($"user{i}"), out _)));
        // But for the few that share their hash with another.
        Assert.InRange(Enumerable.Range(0, 200_000).Count(i => names.MayHold(NameHash.Of($"user{i}"), out var id) && id == i + 1), 199_900, 200_000);
        Assert.InRange(Enumerable.Range(0, 200_000).Count(i => names.MayHold(NameHash.Of($"nobody{i}"), out _)), 0, 100);
    }

    [Fact]
    public async Task A_name_that_was_added_is_never_missed_while_others_are_added()
    {
        var names = new KnownNames();
        var added = 0;
        var adding = Task.Run(() =>
        {
            for (var i = 0; i < 300_000; i++)
            {
                names.Add(NameHash.Of($"user{i}"), 0);
                Volatile.Write(ref added, i + 1);
            }
        });
        while (!adding.IsCompleted)
        {
            if (Volatile.Read(ref added) is var count && count > 0) Assert.True(names.MayHold(NameHash.Of($"user{Random.Shared.Next(count)}"), out _));
        }
        await adding;
    }

    [Fact]
    public void Takes_the_hash_that_stands_for_an_empty_place()
    {
        var names = new KnownNames();
        Assert.False(names.MayHold(0, out _));
        names.Add(0, 7);
        Assert.True(names.MayHold(0, out var id));
        Assert.Equal(7u, id);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1L << 32)]
    public void An_id_that_is_none_leaves_what_was_known(long none)
    {
        var names = new KnownNames();
        names.Add(5, none);
        Assert.True(names.MayHold(5, out var id));
        Assert.Equal(0u, id);
        names.Add(5, 7);
        names.Add(5, none);
        Assert.True(names.MayHold(5, out id));
        Assert.Equal(7u, id);
        names.Add(5, uint.MaxValue);
        Assert.True(names.MayHold(5, out id));
        Assert.Equal(uint.MaxValue, id);
    }
}
