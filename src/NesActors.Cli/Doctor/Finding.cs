using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Doctor;

/// <summary>How bad a finding is.</summary>
internal enum Level
{
    /// <summary>All is well.</summary>
    Ok,

    /// <summary>Worth knowing; nothing fails for it.</summary>
    Warning,

    /// <summary>Something does not work.</summary>
    Error,
}

/// <summary>What one check found.</summary>
/// <param name="Check">What was looked at: <c>keys</c>, <c>broker</c> ...</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Message">What was found.</param>
/// <param name="Remedy">What to do; <see langword="null"/> where nothing needs to be done.</param>
/// <param name="Code">The exit code that an error asks for.</param>
internal sealed record Finding(string Check, Level Level, string Message, string? Remedy = null, int Code = ExitCode.Done)
{
    public static Finding Ok(string check, string message) => new(check, Level.Ok, message);

    public static Finding Warning(string check, string message, string remedy) => new(check, Level.Warning, message, remedy);

    public static Finding Error(string check, int code, string message, string remedy) => new(check, Level.Error, message, remedy, code);
}
