namespace NesActors.Directory.Tests.Support;

internal static class Patience
{
    /// <summary>How long a test waits for what must come: more than a machine that is busy with other things ever takes.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
}
