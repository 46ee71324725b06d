using System.CommandLine;
using NesActors.Cli.Doctor;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands;

/// <summary><c>nes doctor</c>: looks at all that is needed, and says what is wrong and how to mend it.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandContext context)
    {
        var fix = new Option<bool>("--fix") { Description = "Close key and configuration files that others can read, and your plugins that others can write; changes nothing else" };
        var json = CommonOptions.Json();
        var quiet = CommonOptions.Quiet();
        var command = new Command("doctor", "Check settings, keys, plugins, broker, key directory and clock; say what is wrong and how to mend it") { fix, json, quiet };
        return context.Bind(command, async (run, cancellation) =>
        {
            var code = ExitCode.Done;
            await foreach (var finding in Examination.RunAsync(run, run.Get(fix), cancellation))
            {
                if (finding.Level == Level.Error && code == ExitCode.Done) code = finding.Code;
                if (run.Get(quiet) && finding.Level == Level.Ok) continue;
                run.Out.WriteLine(run.Get(json) ? ToJson(finding) : ToText(finding));
            }
            return code;
        });
    }

    private static string ToText(Finding finding)
    {
        var line = $"{finding.Level.ToString().ToLowerInvariant(),-8} {finding.Check,-10} {finding.Message}";
        return finding.Remedy is null ? line : $"{line}{Environment.NewLine}{"",-20}to mend it: {finding.Remedy}";
    }

    private static string ToJson(Finding finding) => JsonLine.Of(
        ("check", finding.Check), ("level", finding.Level.ToString().ToLowerInvariant()), ("message", finding.Message), ("remedy", finding.Remedy),
        ("exit", finding.Level == Level.Error ? finding.Code : null));
}
