namespace NesActors.Cli.Commands.Contacts;

/// <summary>For how long messages with a contact are kept, in words.</summary>
internal static class KeptTime
{
    private static readonly (TimeSpan Length, string Name)[] Units =
        [(TimeSpan.FromDays(1), "day"), (TimeSpan.FromHours(1), "hour"), (TimeSpan.FromMinutes(1), "minute"), (TimeSpan.FromSeconds(1), "second")];

    /// <summary><c>kept for 45 days at most</c>, in the largest unit of which it is a whole number: the settings may delete them sooner.</summary>
    /// <param name="after">In whole seconds; <see langword="null"/>: as the settings say.</param>
    public static string Describe(TimeSpan? after)
    {
        if (after is not { } time) return "kept as long as the setting HISTORY says";
        var (length, name) = Units.First(unit => time.Ticks % unit.Length.Ticks == 0);
        var count = time.Ticks / length.Ticks;
        return $"kept for {count} {name}{(count == 1 ? "" : "s")} at most";
    }
}
