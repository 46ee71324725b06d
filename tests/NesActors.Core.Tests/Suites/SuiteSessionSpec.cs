using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.Contacts;
using NesActors.Core.Hosting;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Suites;
using NesActors.Core.Tests.Session;
using NesActors.Crypto.Nes2;
using NesActors.Crypto.RsaAes;
using NesActors.Testing;
using NesActors.Testing.Vectors;

namespace NesActors.Core.Tests.Suites;

/// <summary>Sessions with suites nes1 and nes2, whose records the test puts into the directory.</summary>
public abstract class SuiteSessionSpec : SessionSpec
{
    private readonly List<IDisposable> _keys = [];

    private protected static string[] Both { get; } = ["nes1", "nes2"];

    private protected static string[] Older { get; } = ["nes1"];

    /// <summary>Somebody with keys for both suites.</summary>
    private protected Person Make(VectorUser user)
    {
        var keys = user.KeyStore();
        new Nes2Suite().GenerateKeys(user.Username, keys, new KeyGenerationOptions(), default);
        return new Person(user.Username, keys);
    }

    /// <summary>The keys of somebody, used by some suites.</summary>
    private protected (JoinedSuite Suite, ILocalIdentity Identity) Load(Person person, string[] used)
    {
        var suite = new JoinedSuite(new RsaAesSuite(), [new Nes2Suite()], used, Clock);
        var identity = suite.LoadIdentity(person.Name, person.Keys, Clock);
        _keys.Add(identity);
        return (suite, identity);
    }

    private protected PublicRecord RecordOf(Person person, string[]? used = null) => Load(person, used ?? Both).Identity.PublicRecord;

    private protected void Show(PublicRecord record) => Directory.Answers(record.User, new LookupResult.Found(record));

    /// <summary>As a directory would that does not carry statements, or strips them.</summary>
    private protected static PublicRecord Stripped(PublicRecord record) =>
        record with { Entries = record.Entries.Where(entry => !entry.Key.StartsWith(PublicRecord.StatementOf(""), StringComparison.Ordinal)).ToDictionary() };

    private protected Task<NesHost> StartAsync(Person person, Func<ITransport> transport, string address, string[]? used = null, ContactPolicy? policy = null, string? hocon = null)
    {
        var (suite, identity) = Load(person, used ?? Both);
        return StartAsync(new NesHostOptions
        {
            Suite = suite,
            Identity = identity,
            Transport = transport,
            TransportOptions = new TransportOptions(new Uri(address)),
            Directory = Directory,
            ContactPolicy = policy ?? new ContactPolicy { Strangers = StrangerPolicy.Accept },
            HoconFile = hocon,
            Clock = Clock,
        });
    }

    private protected sealed record Person(Username Name, MemoryKeyStore Keys);
}
