namespace NesActors.Contracts.FrontEnd;

/// <summary>What the command line asked a front-end for.</summary>
/// <param name="Verb">The verb, one of those in the plugin's <c>plugin.json</c>.</param>
/// <param name="Console">Where to read from and write to.</param>
public sealed record FrontEndRequest(string Verb, FrontEndConsole Console)
{
    /// <summary>With whom to talk, where the verb needs that.</summary>
    public Username? Peer { get; init; }

    /// <summary>Whether a program reads the output: one JSON object a line.</summary>
    public bool Json { get; init; }

    /// <summary>Whether to print nothing but what was asked for.</summary>
    public bool Quiet { get; init; }

    /// <summary>The time of everything shown, and its zone.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>The three streams of a program, and whether a person sits there.</summary>
/// <param name="In">Lines typed or piped in.</param>
/// <param name="Out">What was asked for.</param>
/// <param name="Error">Notices and errors.</param>
/// <param name="IsInteractive">Whether input and output are both a terminal: only then may a front-end take the whole screen.</param>
public sealed record FrontEndConsole(TextReader In, TextWriter Out, TextWriter Error, bool IsInteractive);
