using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Crypto.RsaAes;
using NesActors.Testing.Vectors;

namespace NesActors.Fuzz.Sessions;

/// <summary>Whose session it is, and who writes to them, by one suite.</summary>
/// <param name="Suite">The suite.</param>
/// <param name="Amy">Who writes. Not disposed by the session.</param>
/// <param name="Ben">Loads whose session it is; the session disposes it.</param>
/// <param name="Directory">Knows both.</param>
internal sealed record SessionParties(ICryptoSuite Suite, ILocalIdentity Amy, Func<ILocalIdentity> Ben, IKeyDirectorySource Directory)
{
    /// <summary>Those of the vectors, by suite nes1.</summary>
    public static SessionParties OfVectors()
    {
        var suite = new RsaAesSuite();
        return new SessionParties(
            suite,
            suite.LoadIdentity(VectorUser.Amy.Username, VectorUser.Amy.KeyStore(), TimeProvider.System),
            () => suite.LoadIdentity(VectorUser.Ben.Username, VectorUser.Ben.KeyStore(), TimeProvider.System),
            new RecordsDirectory(VectorUser.All.Select(user => user.PublicRecord)));
    }
}
