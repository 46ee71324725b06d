using NesActors.Contracts;

namespace NesActors.Core.Attach.Wire;

/// <summary>A command line that another process of the same user hands over, with all that gives it its meaning there.</summary>
public sealed record CommandLine : IRequest
{
    /// <summary>The arguments, without the program's name.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The environment variables that settings are read from.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>The home folder.</summary>
    public required string Home { get; init; }

    /// <summary>The user's name at the operating system.</summary>
    public required string SystemUser { get; init; }

    /// <summary>The folder that relative paths start from.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>The id of the first message that it makes; so the process that typed it can go on with it, and nothing is sent twice.</summary>
    public required MessageId FirstMessage { get; init; }

    /// <summary>Which build of the program wrote it: no other may read it. That of this one.</summary>
    internal static Guid Build { get; } = typeof(CommandLine).Module.ModuleVersionId;

    void IRequest.Write(BinaryWriter to)
    {
        to.Write(Build.ToByteArray());
        to.PutCount(Arguments.Count);
        foreach (var argument in Arguments) to.Write(argument);
        to.PutCount(Variables.Count);
        foreach (var (name, value) in Variables)
        {
            to.Write(name);
            to.Write(value);
        }
        to.Write(Home);
        to.Write(SystemUser);
        to.Write(WorkingFolder);
        to.Put(FirstMessage);
    }

    /// <returns>Null where another build wrote it.</returns>
    internal static CommandLine? Read(BinaryReader from)
    {
        if (!from.ReadBytes(16).AsSpan().SequenceEqual(Build.ToByteArray())) return null;
        var arguments = new List<string>();
        for (var left = from.Count(); left > 0; left--) arguments.Add(from.ReadString());
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var left = from.Count(); left > 0; left--) variables.Add(from.ReadString(), from.ReadString());
        return new CommandLine
        {
            Arguments = arguments,
            Variables = variables,
            Home = from.ReadString(),
            SystemUser = from.ReadString(),
            WorkingFolder = from.ReadString(),
            FirstMessage = from.Id(),
        };
    }

    /// <summary>Without what was typed, which a message may stand in, and without variables.</summary>
    public override string ToString() => $"CommandLine of {SystemUser} in {WorkingFolder}";
}
