namespace Fixture.Library;

/// <summary>What the fixture that misses a dependency is made of.</summary>
public abstract class Politeness
{
    public static string Greeting => "Good day";
}
