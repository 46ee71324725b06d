using Xunit;

namespace NesActors.Testing;

/// <summary>
/// A test that needs programs of the system (mosquitto, tmux, PostgreSQL). Where one is missing the test is skipped and says so; under
/// <c>NES_REQUIRE_REAL_PARTS=1</c> it runs, and fails for want of it.
/// </summary>
public sealed class RealPartFactAttribute : FactAttribute
{
    public RealPartFactAttribute(params string[] programs) => Skip = RealParts.WhySkip(programs)!;
}
