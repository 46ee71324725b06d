using Xunit;

namespace NesActors.Testing;

/// <summary>
/// A test that needs programs of the system (mosquitto, tmux). Where one is missing the test is skipped and says so; under
/// <c>NES_REQUIRE_REAL_PARTS=1</c> it runs, and fails for want of it.
/// </summary>
public sealed class RealPartFactAttribute : FactAttribute
{
    public RealPartFactAttribute(params string[] programs)
    {
        if (Environment.GetEnvironmentVariable("NES_REQUIRE_REAL_PARTS") == "1") return;
        var missing = programs.Where(program => RealParts.Find(program) is null).ToArray();
        if (missing.Length > 0) Skip = $"needs {string.Join(" and ", missing)}, not installed here";
    }
}
