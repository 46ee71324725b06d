using System.CommandLine;
using System.CommandLine.Parsing;
using NesActors.Contracts;

namespace NesActors.Cli.Commands;

/// <summary>Options that several commands have, made anew for each.</summary>
internal static class CommonOptions
{
    /// <summary>One JSON object a line.</summary>
    public static Option<bool> Json() => new("--json") { Description = "For programs: one JSON object a line" };

    /// <summary>Nothing but what was asked for.</summary>
    public static Option<bool> Quiet() => new("--quiet", "-q") { Description = "Print nothing but what was asked for" };

    /// <summary>What a person typed as a user's name, lower-cased as in the original.</summary>
    public static Username ParseUser(string typed) =>
        Username.TryParse(typed.ToLowerInvariant(), out var user)
            ? user
            : throw CliException.Usage($"'{typed}' is no user's name: it has 3 to 32 characters of a-z, 0-9, _ and -");

    /// <summary>What a person typed as a message's id.</summary>
    public static MessageId ParseMessage(string typed) =>
        Guid.TryParse(typed, out var id) ? new MessageId(id) : throw CliException.Usage($"'{typed.ReplaceLineEndings(" ")}' is no message's id; nes history --json tells them");

    /// <summary>Adds a check of what was given together. A value that is not of its option's kind cannot be looked at, and is refused as such.</summary>
    public static void Checks(this Command command, Action<CommandResult> check) => command.Validators.Add(result =>
    {
        try
        {
            check(result);
        }
        catch (InvalidOperationException)
        {
            // The parser tells which value it cannot read.
        }
    });

    /// <summary>Refuses a number outside its limits.</summary>
    public static void Between(this Option<int> option, int least, int most, string unit) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 0 || !int.TryParse(result.Tokens[0].Value, out var value)) return;
        if (value < least || value > most) result.AddError($"{option.Name} is {value}; expected {least} to {most} {unit}");
    });
}
