using NesActors.Contracts;

namespace NesActors.Cli.Up;

/// <summary>Those of the demo who are still there when somebody joins: they show what they get and answer it.</summary>
internal sealed class DemoPeople : IAsyncDisposable
{
    private readonly List<(DemoPerson Person, long? Seen)> _people = [];

    /// <summary>Takes somebody in.</summary>
    /// <param name="person">Who; ends with this.</param>
    public void Add(DemoPerson person) => _people.Add((person, null));

    /// <summary>From here on what they get is answered.</summary>
    /// <param name="person">Who.</param>
    /// <param name="cursor">The last event that the demo has shown.</param>
    public void AnswerFrom(DemoPerson person, long cursor) => _people[_people.FindIndex(entry => entry.Person == person)] = (person, cursor);

    /// <summary>Answers until it is cancelled. Ends at once where there is nobody.</summary>
    public async Task AnswerAsync(TextWriter output, CancellationToken cancellation)
    {
        try
        {
            await Task.WhenAll(_people.Select(entry => AnswerAsync(entry.Person, entry.Seen ?? entry.Person.Messenger.StartCursor, output, cancellation)));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return;
        }
        await Hosting.Waiting.UntilCancelledAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (person, _) in _people) await person.DisposeAsync();
    }

    private static async Task AnswerAsync(DemoPerson person, long seen, TextWriter output, CancellationToken cancellation)
    {
        await foreach (var item in person.Messenger.EventsAsync(seen, cancellation))
        {
            if (item is not MessageReceived { Message: var message }) continue;
            output.WriteLine($"  {person.Name} got a message of {message.Text.Length} characters from {message.Contact}, opened and verified");
            await person.Messenger.SendAsync(message.Contact, $"Hello {message.Contact}, {person.Name} of the demo has read your {message.Text.Length} characters.", cancellation);
        }
    }
}
