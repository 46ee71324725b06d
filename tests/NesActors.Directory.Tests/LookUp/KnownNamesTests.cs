using NesActors.Directory.LookUp;

namespace NesActors.Directory.Tests.LookUp;

public sealed class KnownNamesTests
{
    [Fact]
    public void Holds_all_names_and_hardly_any_other()
    {
        var names = new KnownNames();
        for (var i = 0; i < 200_000; i++) names.Add(NameHash.Of($"user{i}"));
        Assert.All(Enumerable.Range(0, 200_000), i => Assert.True(names.MayHold(NameHash.Of($"user{i}"))));
        Assert.InRange(Enumerable.Range(0, 200_000).Count(i => names.MayHold(NameHash.Of($"nobody{i}"))), 0, 100);
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
                names.Add(NameHash.Of($"user{i}"));
                Volatile.Write(ref added, i + 1);
            }
        });
        while (!adding.IsCompleted)
        {
            if (Volatile.Read(ref added) is var count && count > 0) Assert.True(names.MayHold(NameHash.Of($"user{Random.Shared.Next(count)}")));
        }
        await adding;
    }

    [Fact]
    public void Takes_the_hash_that_stands_for_an_empty_place()
    {
        var names = new KnownNames();
        Assert.False(names.MayHold(0));
        names.Add(0);
        Assert.True(names.MayHold(0));
    }
}
