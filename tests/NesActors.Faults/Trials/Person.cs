using NesActors.Contracts;
using NesActors.Core.Attach;
using NesActors.EndToEnd.Tests.Support;

namespace NesActors.Faults.Trials;

/// <summary>
/// Somebody whose session the real program runs: <c>nes listen</c>, which may be killed at any moment. Whoever speaks for the person here is attached to it, and asks again at its
/// successor what was not answered.
/// </summary>
internal sealed class Person : IAsyncDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    private readonly Lab _lab;
    private readonly Surroundings _place;
    private NesProcess _process;
    private volatile bool _isKilled;

    private Person(Lab lab, string name, Surroundings place)
    {
        (_lab, _place, Name) = (lab, place, Username.Parse(name));
        _process = Start();
    }

    public Username Name { get; }

    /// <summary>The session, whichever process runs it.</summary>
    public ContinuedMessenger Messenger { get; private set; } = null!;

    /// <summary>Where the person's memory lies.</summary>
    public string StateFolder => _place.StateFolder ?? Path.Combine(_lab.Home, ".nes", $"{Name}.state");

    /// <summary>Makes keys, registers them, and starts the session.</summary>
    /// <param name="lab">The network.</param>
    /// <param name="name">The person's name.</param>
    /// <param name="place">What is around the session.</param>
    /// <param name="limit">Gives up.</param>
    public static async Task<Person> JoinAsync(Lab lab, string name, Surroundings place, CancellationToken limit)
    {
        await lab.JoinAsync(name);
        var person = new Person(lab, name, place);
        person.Messenger = new ContinuedMessenger(await person.AttachAsync(limit), person.AttachAsync, TimeProvider.System);
        return person;
    }

    /// <summary>The newest position in the log of events.</summary>
    public async Task<long> LastCursorAsync(CancellationToken cancellation)
    {
        await using var session = (Attached)await AttachAsync(cancellation);
        return session.Cursor;
    }

    /// <summary>Ends the program without a word, and starts it again at once.</summary>
    public async Task KillAsync()
    {
        _isKilled = true;
        await _process.KillAsync();
        await StartAgainAsync();
    }

    /// <summary>Waits until the program ends by itself and says why; <see cref="StartAgainAsync"/> goes on.</summary>
    /// <exception cref="InvalidOperationException">It did not say that.</exception>
    public async Task EndsAsync(string saying)
    {
        _isKilled = true;
        await _process.ExitAsync();
        if (!_process.Error.Contains(saying, StringComparison.Ordinal)) throw new InvalidOperationException($"{Name} did not say \"{saying}\", but:\n{_process.Error}");
    }

    /// <summary>Starts the program again, which has ended.</summary>
    public async Task StartAgainAsync()
    {
        await _process.DisposeAsync();
        _process = Start();
        _isKilled = false;
    }

    public async ValueTask DisposeAsync()
    {
        _isKilled = true;
        await Messenger.DisposeAsync();
        await _process.DisposeAsync();
    }

    private NesProcess Start()
    {
        var nes = new NesProgram(_lab.Home) { Environment = _place.Environment };
        return nes.Start(["listen", "-u", Name.Value, .. _place.Network, "--state", StateFolder]);
    }

    private async Task<ISharedSession> AttachAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (await AttachedMessenger.TryConnectAsync(StateFolder, cancellation) is { } messenger) return new Attached(messenger);
            if (!_isKilled && _process.HasEnded) throw new InvalidOperationException($"The program of {Name} has ended by itself. It said:\n{_process.Error}");
            await Task.Delay(LookAgain, cancellation);
        }
    }

    private sealed class Attached(AttachedMessenger messenger) : ISharedSession
    {
        public IMessenger Messenger => messenger;

        public bool IsOwn => false;

        public long Cursor => messenger.StartCursor;

        public ValueTask DisposeAsync()
        {
            messenger.Dispose();
            return default;
        }
    }
}
