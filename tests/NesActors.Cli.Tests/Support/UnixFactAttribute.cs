namespace NesActors.Cli.Tests;

/// <summary>A test of file modes or links, which Windows has not or not for everybody.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows()) Skip = "needs file modes and pipes as Unix has them";
    }
}
