using System.Collections;
using Microsoft.Win32.SafeHandles;
using NesActors.Cli.Hosting;
using NesActors.Contracts;

namespace NesActors.Cli;

/// <summary>Everything the program takes from the process it runs in, so that a test can give it another.</summary>
internal sealed record CliEnvironment
{
    /// <summary>What is typed or piped in. Opened when it is asked for: that sets up the terminal, and most commands read nothing.</summary>
    public required Lazy<TextReader> In { get; init; }

    /// <summary>What was asked for.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Errors, notices, progress, and the log of <c>--verbose</c>.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether a person sits at input and output.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Asks the person for a secret, which the terminal does not show; null where nobody can be asked.</summary>
    public Func<string, string>? AskSecret { get; init; }

    /// <summary>The home folder, in which <c>.nes</c> lies.</summary>
    public required string Home { get; init; }

    /// <summary>The user's name at the operating system.</summary>
    public required string SystemUser { get; init; }

    /// <summary>The environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>The folder that relative paths of settings start from; <see langword="null"/>: that of the process.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>The id of the first message that is made; <see langword="null"/>: a new one.</summary>
    public MessageId? FirstMessage { get; init; }

    /// <summary>The session of this process to which another process handed the command over: what needs its terminal, its descriptors or another session cannot be done here. <see langword="null"/>: the command is this process's own.</summary>
    public RunningHere? HandedTo { get; init; }

    /// <summary>The folder that the program was started from: its plugins lie below it.</summary>
    public string ProgramFolder { get; init; } = AppContext.BaseDirectory;

    /// <summary>The time, and the zone that times are shown in.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The same with the console of this process.</summary>
    public CliEnvironment WithConsole() => this with
    {
        Out = StandardOutput(),
        Error = Console.Error,
        IsInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected,
        AskSecret = Console.IsInputRedirected || Console.IsErrorRedirected ? null : SecretPrompt.Ask,
    };

    /// <summary>That of this process but for its console, which takes long to set up.</summary>
    public static CliEnvironment OfProcess() => new()
    {
        In = new Lazy<TextReader>(() => Console.In),
        Out = new DescriptorWriter(1),
        Error = new DescriptorWriter(2),
        Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
        SystemUser = Environment.UserName,
        Variables = EnvironmentVariables(),
    };

    private static Dictionary<string, string> EnvironmentVariables()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables()) variables[(string)variable.Key] = (string?)variable.Value ?? "";
        return variables;
    }

    /// <summary>The console hides that whoever read its output has gone; a pipe must tell, or <c>nes listen | head -1</c> would never end.</summary>
    private static TextWriter StandardOutput()
    {
        if (!Console.IsOutputRedirected || OperatingSystem.IsWindows()) return Console.Out;
        var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 1);
        // A file keeps its place for all who write to it, as standard error may; a stream of its own would overwrite them.
        return stream.CanSeek ? Console.Out : new StreamWriter(stream) { AutoFlush = true };
    }
}
