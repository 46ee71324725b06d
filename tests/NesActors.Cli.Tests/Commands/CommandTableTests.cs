using System.CommandLine;
using NesActors.Cli.Commands;

namespace NesActors.Cli.Tests.Commands;

/// <summary>The tree of commands, of which no more is made than the arguments need.</summary>
public sealed class CommandTableTests
{
    private static readonly RootCommand All = NesCommand.Create(CliEnvironment.OfProcess());

    public static TheoryData<string> Names() => [.. All.Subcommands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_command_that_is_named_is_made_alone(string name) => Assert.Equal([name], Made(name));

    [Fact]
    public void What_may_be_a_command_s_name_is_made_too() => Assert.Equal(["send", "version"], Made("-u", "version", "send"));

    [Theory]
    [InlineData("")]
    [InlineData("sned")]
    [InlineData("-u send --help")]
    [InlineData("send -h")]
    [InlineData("[suggest:4] send")]
    public void All_are_made_where_none_is_named_or_all_may_be_told_of(string line) =>
        Assert.Equal(All.Subcommands.Select(command => command.Name), Made(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    private static IEnumerable<string> Made(params string[] arguments) => NesCommand.Create(CliEnvironment.OfProcess(), arguments).Subcommands.Select(command => command.Name);
}
