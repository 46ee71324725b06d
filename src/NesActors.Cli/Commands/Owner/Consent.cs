using System.CommandLine;

namespace NesActors.Cli.Commands.Owner;

/// <summary>Asks before something that cannot be undone.</summary>
internal sealed class Consent
{
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask" };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(_yes);

    /// <summary>Goes on only where the person means it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="what">What will happen, as a whole sentence.</param>
    /// <param name="word">What the person types to consent: the name that it is about.</param>
    /// <exception cref="CliException">The person does not, or is not there to be asked.</exception>
    public void Require(Invocation run, string what, string word)
    {
        if (run.Get(_yes)) return;
        if (!run.Environment.IsInteractive) throw CliException.Usage($"{what} Say that you mean it with --yes");
        run.Error.Write($"{what} Type {word} to go on: ");
        run.Error.Flush();
        if (run.Environment.In.Value.ReadLine()?.Trim() != word) throw CliException.Usage("nothing was done");
    }
}
