using NesActors.Contracts;

namespace NesActors.FrontEnd.Console.Output;

/// <summary>What a change of the suite of a contact means, in words for a person.</summary>
internal static class SuiteText
{
    /// <summary>The notice for a suite that is taken up, left, or not to be had any more, and for one whose statement of ours does not reach the contact.</summary>
    /// <param name="was">The contact before.</param>
    /// <param name="now">The contact after.</param>
    /// <returns><see langword="null"/> where nothing changed.</returns>
    public static string? Describe(Contact was, Contact now) => now switch
    {
        { SuiteRefusal: not SuiteRefusal.None, Suite: { } suite } when was.SuiteRefusal != now.SuiteRefusal =>
            $"warning: {now.User} has used suite {suite}, and {Wrong(now.SuiteRefusal)} now: nothing is sent until it is right again, or you let messages go without: nes contacts trust {now.User} --accept-older-suite",
        { SuiteRefusal: SuiteRefusal.None, Suite: { } suite } when was.SuiteRefusal != SuiteRefusal.None && was.Suite == suite => $"suite {suite} of {now.User} is there again",
        { Suite: { } suite } when was.Pinned is not null && was.Suite != suite => $"messages to {now.User} go by suite {suite} from now on; the keys that you know signed for it",
        { Suite: null, SuiteKeys: not null } when was.Suite is { } left => $"messages to {now.User} do not go by suite {left} any more",
        { WithheldSuite: { } suite } when was.WithheldSuite != suite =>
            $"warning: {now.User} says that they do not see what you have published for suite {suite}, though it has been there for more than a day: somebody may strip it or hold it back on its way to {now.User}, or {now.User} asks another key directory. "
            + $"Ask {now.User} by another way; what they write by an older suite stays marked",
        { WithheldSuite: null } when was.WithheldSuite is { } suite => $"{now.User} sees what you have published for suite {suite} now",
        _ => null,
    };

    /// <summary>Whether such a notice is a warning.</summary>
    public static bool IsWarning(Contact was, Contact now) => now.SuiteRefusal != SuiteRefusal.None || (now.WithheldSuite is not null && was.WithheldSuite != now.WithheldSuite);

    private static string Wrong(SuiteRefusal refusal) => refusal == SuiteRefusal.Older ? "the key directory shows an older statement" : "the key directory shows no keys for it that hold";
}
