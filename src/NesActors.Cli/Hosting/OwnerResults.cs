using NesActors.Contracts.FrontEnd;
using NesActors.Core.KeyDirectory.Owner;

namespace NesActors.Cli.Hosting;

/// <summary>What a person is told when the directory did not do what its owner asked for.</summary>
internal static class OwnerResults
{
    /// <summary>Goes on only where it was done.</summary>
    /// <param name="result">What came of it.</param>
    /// <param name="onPlain">What to do at a directory of the original's kind, which has no such request.</param>
    /// <returns>The directory's words.</returns>
    /// <exception cref="CliException">It was not done, or that is not known.</exception>
    public static string Require(this OwnerResult result, string onPlain) => result switch
    {
        OwnerResult.Done done => done.Words,
        OwnerResult.Changed => "keys changed",
        OwnerResult.NoSuchUser none => throw CliException.NotFound(none.Detail),
        OwnerResult.Conflict => throw new CliException(ExitCode.Refused, "the record changed at the same moment; look at it with nes whois, then try again"),
        OwnerResult.Refused refused => throw new CliException(ExitCode.Refused, $"the key directory refused: {refused.Reason}"),
        OwnerResult.NotOffered => throw new CliException(ExitCode.Refused, "this key directory is of an older version and cannot do that"),
        OwnerResult.Plain => throw new CliException(ExitCode.Refused, $"this key directory is of the original's kind and cannot do that; {onPlain}"),
        OwnerResult.Untrusted untrusted => throw new CliException(ExitCode.Untrusted, untrusted.Detail),
        OwnerResult.Unavailable unavailable => throw new CliException(ExitCode.Network, $"{unavailable.Detail}; whether it was done is not known: try again"),
        _ => throw new InvalidOperationException($"{result.GetType().Name} is no result of an owner's request."),
    };
}
