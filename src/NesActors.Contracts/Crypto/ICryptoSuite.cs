namespace NesActors.Contracts.Crypto;

/// <summary>
/// A way to make frames that only their recipient can read and that prove their sender. A plugin of kind <c>suite</c> has one public
/// class that implements this and has a constructor without parameters. All members may be called by several threads at once.
/// </summary>
/// <remarks>
/// Keys are of two halves. The private half (<see cref="ILocalIdentity"/>) is made from the entries of an <see cref="IKeyStore"/>, which the
/// suite may read, write and erase at any time: a suite with prekeys keeps them there and erases them when they expire. The public
/// half travels as a <see cref="PublicRecord"/> through the key directory and becomes an <see cref="IPeerIdentity"/>.
/// </remarks>
public interface ICryptoSuite
{
    /// <summary>The name by which settings choose the suite, <c>nes1</c> for instance: lower case, digits and dashes.</summary>
    string Id { get; }

    /// <summary>
    /// The names of all entries that the suite may have in a key store, those of other suites that it uses among them. The host puts these into backups, and the private ones under a passphrase,
    /// and no others.
    /// </summary>
    IReadOnlyList<string> KeyEntries => [];

    /// <summary>
    /// The <see cref="Id"/> of the suite whose keys vouch for those of this one: what a record says for this suite is signed by the user's keys for that one. A session can then have both, and pins the keys of
    /// that one. <see langword="null"/>: this suite stands alone.
    /// </summary>
    string? Over => null;

    /// <summary>Which of several suites is used where both sides have them: the one of the greatest rank.</summary>
    int Rank => 0;

    /// <summary>Whether bytes from the wire are meant for this suite, by their beginning. A frame that is recognised need not open.</summary>
    /// <param name="frame">Any bytes.</param>
    bool Recognizes(ReadOnlySpan<byte> frame) => true;

    /// <summary>Makes new keys for a user and writes them to the store.</summary>
    /// <param name="user">Whose keys they will be.</param>
    /// <param name="keys">Where they go. What is there under the same names is replaced.</param>
    /// <param name="options">Size, and who is told of progress.</param>
    /// <param name="cancellation">Ends the work between two keys; nothing is written then.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is none that the suite can make.</exception>
    void GenerateKeys(Username user, IKeyStore keys, KeyGenerationOptions options, CancellationToken cancellation);

    /// <summary>Reads a user's own keys, once; what comes back is kept for the life of a session.</summary>
    /// <param name="user">Whose keys they are.</param>
    /// <param name="keys">Where they lie. Kept by the identity where the suite must renew or erase some.</param>
    /// <param name="clock">The time by which keys expire.</param>
    /// <exception cref="KeyException">A key is missing, damaged, or too weak.</exception>
    ILocalIdentity LoadIdentity(Username user, IKeyStore keys, TimeProvider clock);

    /// <summary>Reads somebody's public keys. The record may come from an attacker: only its signature was checked.</summary>
    /// <exception cref="KeyException">The record has no keys for this suite, or such as must not be used. Nothing else is thrown.</exception>
    IPeerIdentity ReadPeer(PublicRecord record);
}
