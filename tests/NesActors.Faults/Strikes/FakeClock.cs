using System.Globalization;

namespace NesActors.Faults.Strikes;

/// <summary>The clock of a program under libfaketime: the time of day, and not that which measures how long something takes.</summary>
internal sealed class FakeClock
{
    private readonly string _file;

    public FakeClock(string folder)
    {
        _file = Path.Combine(folder, "clock");
        Set(TimeSpan.Zero);
    }

    /// <summary>What the program's environment must hold.</summary>
    /// <exception cref="InvalidOperationException">libfaketime is not installed.</exception>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Library(),
        ["FAKETIME_TIMESTAMP_FILE"] = _file,
        ["FAKETIME_NO_CACHE"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
    };

    /// <summary>How far it is from the true time, from now on.</summary>
    public void Set(TimeSpan offset)
    {
        // Replaced as a whole: the program reads it all the time.
        var next = _file + ".next";
        File.WriteAllText(next, offset.TotalSeconds.ToString("+0;-0", CultureInfo.InvariantCulture));
        File.Move(next, _file, overwrite: true);
    }

    private static string Library() => Directory.EnumerateFiles("/usr/lib", "libfaketime.so.1", SearchOption.AllDirectories).FirstOrDefault()
        ?? throw new InvalidOperationException("libfaketime is not installed: this scenario needs it");
}
