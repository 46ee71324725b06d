using NesActors.Directory.LookUp;

namespace NesActors.Directory.Tests.LookUp;

public sealed class HotAnswersTests
{
    [Fact]
    public void Keeps_an_answer_at_its_second_look_up()
    {
        var hot = new HotAnswers(1 << 20);
        Offer(hot, "amy");
        Assert.Null(Find(hot, "amy"));
        Offer(hot, "amy");
        Assert.NotNull(Find(hot, "amy"));
        Assert.Null(Find(hot, "ben"));
    }

    [Fact]
    public void What_was_read_before_a_change_is_not_kept_after_it()
    {
        var hot = new HotAnswers(1 << 20);
        Offer(hot, "amy");
        var ticket = hot.Ticket(NameHash.Of("amy"));
        hot.Forget("amy", NameHash.Of("amy"));
        hot.Offer(Answer("amy"), NameHash.Of("amy"), ticket);
        Assert.Null(Find(hot, "amy"));
    }

    [Fact]
    public void Forgets_one_name_and_all_names()
    {
        var hot = new HotAnswers(1 << 20);
        foreach (var name in (string[])["amy", "amy", "ben", "ben"]) Offer(hot, name);
        hot.Forget("amy", NameHash.Of("amy"));
        Assert.Null(Find(hot, "amy"));
        Assert.NotNull(Find(hot, "ben"));
        var ticket = hot.Ticket(NameHash.Of("ben"));
        hot.Clear();
        hot.Offer(Answer("ben"), NameHash.Of("ben"), ticket);
        Assert.Null(Find(hot, "ben"));
    }

    [Fact]
    public void Never_takes_more_than_its_bytes()
    {
        var hot = new HotAnswers(100_000);
        for (var i = 0; i < 2_000; i++)
        {
            Offer(hot, $"user{i}");
            Offer(hot, $"user{i}");
            Assert.NotNull(Find(hot, $"user{i}"));
        }
        Assert.InRange(Enumerable.Range(0, 2_000).Count(i => Find(hot, $"user{i}") is not null), 1, 100);
    }

    [Fact]
    public void Does_not_keep_what_is_larger_than_everything()
    {
        var hot = new HotAnswers(1_000);
        Offer(hot, "amy");
        Offer(hot, "amy");
        Assert.Null(Find(hot, "amy"));
    }

    private static void Offer(HotAnswers hot, string name) => hot.Offer(Answer(name), NameHash.Of(name), hot.Ticket(NameHash.Of(name)));

    private static LookUpAnswer? Find(HotAnswers hot, string name) => hot.Find(name, NameHash.Of(name));

    private static LookUpAnswer Answer(string name) => new(name, true, new byte[1_000], DateTimeOffset.MaxValue);
}
