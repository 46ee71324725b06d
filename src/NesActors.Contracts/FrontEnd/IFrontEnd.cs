namespace NesActors.Contracts.FrontEnd;

/// <summary>
/// What a person or a program uses a session through. A plugin of kind <c>front-end</c> has one public class that implements this and has
/// a constructor without parameters; the verbs that it serves (<c>listen</c>, <c>chat</c>) stand in its <c>plugin.json</c>.
/// </summary>
public interface IFrontEnd
{
    /// <summary>Runs until the person leaves or the token is cancelled, and gives the terminal back as it was, whatever happens.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="messenger">The running session.</param>
    /// <param name="cancellation">Is cancelled by Ctrl-C and by the system's request to end.</param>
    /// <returns>The exit code of the program, see <see cref="ExitCode"/>.</returns>
    Task<int> RunAsync(FrontEndRequest request, IMessenger messenger, CancellationToken cancellation);
}
