namespace NesActors.Architecture.Tests;

public sealed class SourceTests
{
    private const int MaxLines = 400;

    [Fact]
    public void No_file_is_too_long_to_be_read_at_once()
    {
        var sources = Repository.Sources("src", "plugins", "tests").ToList();

        Assert.NotEmpty(sources);
        Assert.Empty(sources.Where(source => source.Text.AsSpan().Count('\n') > MaxLines).Select(source => source.Path));
    }
}
