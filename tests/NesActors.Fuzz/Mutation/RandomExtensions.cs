namespace NesActors.Fuzz.Mutation;

/// <summary>Choices that mutators make.</summary>
internal static class RandomExtensions
{
    /// <summary>One of several, each as likely.</summary>
    public static T Pick<T>(this Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    /// <summary>Whether something happens that happens once in so many times.</summary>
    public static bool Once(this Random random, int inHowMany) => random.Next(inHowMany) == 0;

    /// <summary>How many changes an input gets: one of them alone gets furthest.</summary>
    public static int Times(this Random random) => random.Once(2) ? 1 : random.Next(2, 5);

    /// <summary>A part of something, which may be empty: small ones more often than large ones.</summary>
    public static Range Part(this Random random, int length)
    {
        var start = random.Next(length + 1);
        var count = Math.Min(length - start, random.Once(4) ? random.Next(length + 1) : random.Next(9));
        return start..(start + count);
    }
}
