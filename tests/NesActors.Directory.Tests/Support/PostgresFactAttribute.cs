using NesActors.Testing;

namespace NesActors.Directory.Tests.Support;

/// <summary>A test that needs PostgreSQL.</summary>
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = RealParts.WhySkip(PostgresServer.Programs)!;
}
