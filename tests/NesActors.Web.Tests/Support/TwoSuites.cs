using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Suites;
using NesActors.Crypto.Nes2;
using NesActors.Crypto.RsaAes;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;
using NesActors.Testing.Vectors;

namespace NesActors.Web.Tests.Support;

/// <summary>Somebody in a lab who has suites nes1 and nes2, as everybody of ours has.</summary>
internal sealed class TwoSuites : IDisposable
{
    private readonly VectorUser _user;
    private readonly MemoryKeyStore _keys;
    private readonly List<IDisposable> _loaded = [];

    private TwoSuites(VectorUser user) => (_user, _keys) = (user, user.KeyStore());

    /// <summary>What a directory has of them, statement and all.</summary>
    public PublicRecord Record => Load().Identity.PublicRecord;

    /// <summary>The fingerprint of their keys for nes2.</summary>
    public string Keys
    {
        get
        {
            using var read = Load().Suite.ReadPeer(Record);
            return JoinedSuite.OffersIn(read).Single().Keys.Value;
        }
    }

    /// <summary>Starts their session, and lets the directory show their keys.</summary>
    public static async Task<TwoSuites> JoinAsync(GatewayLab lab, VectorUser user)
    {
        var person = new TwoSuites(user);
        person.ChangeSuiteKeys();
        person.IsShown(lab);
        var (suite, identity) = person.Load();
        await lab.JoinAsync(suite, identity);
        return person;
    }

    /// <summary>Makes other keys for nes2 under the same ones for nes1.</summary>
    public void ChangeSuiteKeys() => new Nes2Suite().GenerateKeys(_user.Username, _keys, new KeyGenerationOptions(), default);

    /// <summary>Lets the directory show all that there is.</summary>
    public void IsShown(GatewayLab lab) => Show(lab, Record);

    /// <summary>Lets the directory hold back what they say for nes2.</summary>
    public void IsStripped(GatewayLab lab) =>
        Show(lab, Record with { Entries = Record.Entries.Where(entry => !entry.Key.StartsWith(PublicRecord.StatementOf(""), StringComparison.Ordinal)).ToDictionary() });

    public void Dispose()
    {
        foreach (var loaded in _loaded) loaded.Dispose();
    }

    private void Show(GatewayLab lab, PublicRecord record) => lab.Directory.Answers(_user.Name, new LookupResult.Found(record));

    private (JoinedSuite Suite, ILocalIdentity Identity) Load()
    {
        var suite = new JoinedSuite(new RsaAesSuite(), [new Nes2Suite()], ["nes1", "nes2"], TimeProvider.System);
        var identity = suite.LoadIdentity(_user.Username, _keys, TimeProvider.System);
        _loaded.Add(identity);
        return (suite, identity);
    }
}
