using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Contacts;
using NesActors.FrontEnd.Rest;
using NesActors.Testing;

namespace NesActors.Rest.Tests.Support;

/// <summary>People with real sessions at a real mosquitto, and gateways that serve them.</summary>
internal sealed class GatewayLab : IAsyncDisposable
{
    /// <summary>What a test needs that uses this.</summary>
    public const string Program = MosquittoServer.Program;

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("nes-rest-");
    private readonly Dictionary<string, LabPerson> _people = [];
    private readonly List<LabGateway> _gateways = [];

    private GatewayLab(MosquittoServer broker) => Broker = broker;

    public MosquittoServer Broker { get; }

    public LabDirectory Directory { get; } = new();

    public LabPerson this[string user] => _people[user];

    /// <summary>Starts a broker, and a session for each of these.</summary>
    public static Task<GatewayLab> StartAsync(params string[] users) => StartAsync(new MosquittoOptions(), users);

    /// <summary>As <see cref="StartAsync(string[])"/>, with a broker that is otherwise.</summary>
    public static async Task<GatewayLab> StartAsync(MosquittoOptions broker, params string[] users)
    {
        var lab = new GatewayLab(await MosquittoServer.StartAsync(broker));
        foreach (var user in users) await lab.JoinAsync(user);
        return lab;
    }

    /// <summary>Starts the session of one more, or again of one who has left.</summary>
    public async Task<LabPerson> JoinAsync(string user, string key = "1", StrangerPolicy strangers = StrangerPolicy.Accept)
    {
        Directory.Shows(user, key);
        return _people[user] = await LabPerson.StartAsync(user, Path.Combine(_folder.FullName, $"{user}.state"), Broker.Address, Directory, key, strangers);
    }

    /// <summary>Starts a session with another suite. What the directory shows of its keys the test says.</summary>
    public async Task<LabPerson> JoinAsync(ICryptoSuite suite, ILocalIdentity identity)
    {
        var user = identity.PublicRecord.User.Value;
        return _people[user] = await LabPerson.StartAsync(suite, identity, Path.Combine(_folder.FullName, $"{user}.state"), Broker.Address, Directory, StrangerPolicy.Accept);
    }

    /// <summary>Ends somebody's session; what it left stays.</summary>
    public async Task LeaveAsync(string user)
    {
        _people.Remove(user, out var person);
        await person!.DisposeAsync();
    }

    /// <summary>Gives somebody other keys, and lets another see them.</summary>
    public async Task ChangeKeysAsync(string user, string seenBy, string key = "2")
    {
        await LeaveAsync(user);
        var changed = await JoinAsync(user, key);
        var watcher = this[seenBy];
        await changed.Messenger.SendAsync(watcher.User, "I have other keys now", default);
        await watcher.EventAsync<ContactChanged>(change => change.Contact.User == changed.User && change.Contact.Offered == changed.Messenger.MyFingerprint);
    }

    /// <summary>Serves some of the people on loopback.</summary>
    public Task<LabGateway> ServeAsync(params string[] users) => ServeAsync(request => request, users);

    /// <summary>As <see cref="ServeAsync(string[])"/>, with something changed.</summary>
    public async Task<LabGateway> ServeAsync(Func<GatewayRequest, GatewayRequest> change, params string[] users)
    {
        var request = change(new GatewayRequest([.. users.Select(user => _people[user].Identity)]) { Network = new GatewayNetwork(new Uri("http://127.0.0.1:0")) });
        var gateway = await LabGateway.StartAsync(new RestGateway(), request);
        _gateways.Add(gateway);
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in _gateways) await gateway.DisposeAsync();
        foreach (var person in _people.Values) await person.DisposeAsync();
        await Broker.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
