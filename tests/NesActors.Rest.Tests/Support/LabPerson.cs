using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Contracts.Transport;
using NesActors.Core.Attach;
using NesActors.Core.Contacts;
using NesActors.Core.Hosting;
using NesActors.Core.Storage.State;
using NesActors.Testing;
using NesActors.Transport.Mqtt;

namespace NesActors.Rest.Tests.Support;

/// <summary>Somebody in a lab: a session of the real core, with a durable memory, at the lab's broker.</summary>
internal sealed class LabPerson : IAsyncDisposable
{
    private readonly NesHost _host;
    private readonly StateStore _state;

    private LabPerson(NesHost host, StateStore state, GatewayPlace place) => (_host, _state, Place) = (host, state, place);

    public Username User => _host.Messenger.Me;

    public IMessenger Messenger => _host.Messenger;

    /// <summary>The state folder, and the right to serve it.</summary>
    public GatewayPlace Place { get; }

    /// <summary>As a gateway is told of it.</summary>
    public GatewayIdentity Identity => new(User, Place.Folder, Place.Socket, Messenger);

    /// <summary>Starts the session, and waits until it is connected.</summary>
    /// <param name="user">The name.</param>
    /// <param name="folder">Its state folder; a second session in the same one goes on with what the first left.</param>
    /// <param name="broker">Where to.</param>
    /// <param name="directory">Whom it asks for keys.</param>
    /// <param name="key">The keys: the same text is the same keys.</param>
    /// <param name="strangers">What becomes of them.</param>
    public static Task<LabPerson> StartAsync(string user, string folder, Uri broker, LabDirectory directory, string key, StrangerPolicy strangers)
    {
        var suite = new PlainSuite();
        return StartAsync(suite, suite.IdentityOf(Username.Parse(user), key), folder, broker, directory, strangers);
    }

    /// <summary>As the other, with a suite and keys for it.</summary>
    public static async Task<LabPerson> StartAsync(ICryptoSuite suite, ILocalIdentity identity, string folder, Uri broker, LabDirectory directory, StrangerPolicy strangers)
    {
        var place = GatewayPlace.TryTake(folder) ?? throw new InvalidOperationException($"{folder} is served already.");
        var state = new StateStore(folder, TimeProvider.System);
        var host = await NesHost.StartAsync(
            new NesHostOptions
            {
                Suite = suite,
                Identity = identity,
                Transport = () => new MqttTransport(),
                TransportOptions = new TransportOptions(broker) { ClientId = state.InstallationName(), SessionExpiry = TimeSpan.FromDays(1) },
                Directory = directory,
                State = state,
                ContactPolicy = new ContactPolicy { Strangers = strangers },
            },
            default);
        var person = new LabPerson(host, state, place);
        await person.EventAsync<ConnectionChanged>(change => change.State == ConnectionState.Online, host.Messenger.StartCursor);
        return person;
    }

    /// <summary>Sends a text, and waits until it has left.</summary>
    public async Task SendAsync(string to, string text)
    {
        var id = await Messenger.SendAsync(Username.Parse(to), text, default);
        if ((await Messenger.SettleAsync(id, TimeSpan.FromMinutes(1), default)).State == MessageState.Failed) throw new InvalidOperationException("It was not sent.");
    }

    /// <summary>Waits for an event of the log.</summary>
    public async Task<T> EventAsync<T>(Func<T, bool> isIt, long after = 0) where T : MessengerEvent
    {
        await foreach (var happened in Messenger.EventsAsync(after, default))
        {
            if (happened is T one && isIt(one)) return one;
        }
        throw new InvalidOperationException("The session has ended.");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _state.Dispose();
        Place.Dispose();
    }
}
