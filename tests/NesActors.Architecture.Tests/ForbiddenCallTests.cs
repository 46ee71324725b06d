using System.Text.RegularExpressions;

namespace NesActors.Architecture.Tests;

/// <summary>What no code of the program may call: it would not be testable with a fake clock, or would block an actor.</summary>
public sealed partial class ForbiddenCallTests
{
    private static readonly string[] Forbidden =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.Threading.Thread.Sleep",
        "System.Threading.Tasks.Task.Wait", "System.Threading.Tasks.Task.WaitAll", "System.Threading.Tasks.Task.WaitAny",
        "System.Threading.Tasks.Task`1.get_Result", "System.Threading.Tasks.ValueTask`1.get_Result",
    ];

    public static TheoryData<string> Names { get; } = [.. OurAssemblies.All.Select(OurAssemblies.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Neither_reads_the_clock_nor_blocks_a_thread(string name)
    {
        var called = CalledMembers.Of(OurAssemblies.All.Single(assembly => OurAssemblies.Name(assembly) == name));

        Assert.NotEmpty(called);
        Assert.Empty(called.Intersect(Forbidden));
    }

    /// <summary>The program's entry alone, where the compiler would write it for an asynchronous one.</summary>
    [Fact]
    public void No_code_waits_by_an_awaiter() => Assert.Equal(["src/NesActors.Cli/Program.cs"], Matches(Awaiter(), "src", "plugins"));

    /// <summary>Those that make a link slow, or a fault last, are about time itself.</summary>
    [Fact]
    public void No_test_sleeps() => Assert.All(Matches(Sleep(), "tests"), path =>
        Assert.True(path.StartsWith("tests/NesActors.Faults/", StringComparison.Ordinal) || path == "tests/NesActors.Testing/MqttProxy.cs", path));

    /// <summary>A comment in the empty block, which says why nothing is to be done, makes the difference.</summary>
    [Fact]
    public void No_exception_is_swallowed_without_a_word() => Assert.Empty(Matches(EmptyCatch(), "src", "plugins", "tests"));

    private static IEnumerable<string> Matches(Regex pattern, params string[] folders) =>
        Repository.Sources(folders).Where(source => pattern.IsMatch(source.Text)).Select(source => source.Path);

    [GeneratedRegex(@"GetAwaiter\(\)\s*\.GetResult\(\)")]
    private static partial Regex Awaiter();

    [GeneratedRegex(@"Thread\.Sleep\(|Task\.Delay\((?!Timeout\.Infinite)")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"catch\s*(\([^)]*\)\s*)?(when\s*\(.*\)\s*)?\{\s*\}")]
    private static partial Regex EmptyCatch();
}
