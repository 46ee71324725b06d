using Spectre.Console;

namespace NesActors.Cli;

/// <summary>Asks the person at the terminal for something that the terminal must not show.</summary>
internal static class SecretPrompt
{
    /// <summary>On standard error: what the command prints may go to a file.</summary>
    public static string Ask(string prompt) => AnsiConsole
        .Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
        .Prompt(new TextPrompt<string>(Markup.Escape(prompt)).Secret(null).AllowEmpty());
}
