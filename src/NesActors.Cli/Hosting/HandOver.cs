using NesActors.Cli.Settings;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Attach;
using NesActors.Core.Attach.Wire;

namespace NesActors.Cli.Hosting;

/// <summary>
/// Hands a <c>send</c> over as it was typed to the process that runs the session, where there is one: nothing of the program is loaded that reads arguments, or opens a terminal, so that it takes
/// no longer than the runtime takes to start. Whose session it is, is a guess; the other process reads the arguments, and refuses what is not for it.
/// </summary>
internal static class HandOver
{
    private static readonly SettingKey[] DecidingKeys = [SettingKeys.User, SettingKeys.State, SettingKeys.PrivateSign];

    /// <summary>Hands it over.</summary>
    /// <param name="arguments">What was typed.</param>
    /// <param name="environment">Of this process.</param>
    /// <param name="first">The id of the first message; where this process has to run it, with the same.</param>
    /// <param name="interrupted">Is cancelled when the person interrupts.</param>
    /// <returns>The exit code; null where this process has to run it.</returns>
    public static int? TryRun(string[] arguments, CliEnvironment environment, MessageId first, CancellationToken interrupted)
    {
        if (!OperatingSystem.IsLinux() || Array.IndexOf(arguments, "send") < 0 || Place(arguments, environment) is not { } place) return null;
        var line = new CommandLine
        {
            Arguments = arguments,
            Variables = VariablesOf(environment),
            Home = environment.Home,
            SystemUser = environment.SystemUser,
            WorkingFolder = place.WorkingFolder,
            FirstMessage = first,
        };
        if (CommandCall.Run(place.StateFolder, line, environment.Error.Write, interrupted) is not { } ended) return null;
        try
        {
            environment.Out.Write(ended.Output);
            return ended.ExitCode;
        }
        catch (IOException error)
        {
            environment.Error.WriteLine($"nes: {error.Message}");
            return ExitCode.Usage;
        }
    }

    /// <summary>Where the session of the settings would be, read without the parser, and where the person is.</summary>
    private static (string StateFolder, string WorkingFolder)? Place(string[] arguments, CliEnvironment environment)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in DecidingKeys)
        {
            if (ValueOf(arguments, key.Option!, key.Short) is { } value) given[key.Name] = value;
        }
        try
        {
            var sources = SettingSources.Read(given, environment, ValueOf(arguments, "--config", "-c"), mayBeMissing: true);
            return (new SettingsReader(sources, environment).StateFolder(), environment.WorkingFolder ?? Environment.CurrentDirectory);
        }
        catch (Exception error) when (error is CliException or IOException)
        {
            // Whoever reads the arguments tells what is wrong.
            return null;
        }
    }

    /// <summary>Those that are settings and no secrets: others need not lie in the memory of another process.</summary>
    private static Dictionary<string, string> VariablesOf(CliEnvironment environment)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in SettingKeys.All)
        {
            if (!key.IsSecret && environment.Variables.TryGetValue(key.Name, out var value)) settings[key.Name] = value;
        }
        return settings;
    }

    private static string? ValueOf(string[] arguments, string option, string? alias)
    {
        for (var i = 0; i < arguments.Length - 1; i++)
        {
            if (arguments[i] == option || arguments[i] == alias) return arguments[i + 1];
        }
        return null;
    }
}
