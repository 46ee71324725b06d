using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2.Keys;

namespace NesActors.Crypto.Nes2.Statements;

/// <summary>
/// A user's own statement, and the prekeys behind it: renewed, with another revision, when the prekey is a week old, or the RSA sign key, the suites or the directory are others. Safe for several threads at once.
/// </summary>
internal sealed class OwnStatement(Username user, IKeyStore keys, IdentityKey identity, byte[] signKeySpki, PrekeyRing prekeys, TimeProvider clock)
{
    /// <summary>The entry of the key store that it lies in, for others to copy.</summary>
    public const string Entry = "statement-nes2.pub";

    private static readonly string[] DefaultSuites = ["nes1", "nes2"];

    private readonly Lock _turn = new();
    private IReadOnlyList<string>? _suites;
    private byte[]? _directory;
    private EarlierDirectories _earlier = EarlierDirectories.None;
    private IReadOnlyList<byte[]> _directoryIds = [[]];
    private string? _text;
    private SignedStatement? _statement;

    /// <summary>The ids of the directories that others may seal under: that of the present statement first, then those of earlier ones. At least one, which is empty where no directory is bound.</summary>
    public IReadOnlyList<byte[]> DirectoryIds => Volatile.Read(ref _directoryIds);

    /// <summary>Reads prekeys and statement. Writes nothing: keys may lie where nothing can be written.</summary>
    /// <exception cref="KeyException">A prekey is damaged.</exception>
    public void Load()
    {
        lock (_turn) Read();
    }

    /// <summary>Sets which suites the statement names: ascending by their bytes. Before that it names those that it named.</summary>
    public void Announce(IReadOnlyList<string> suites)
    {
        lock (_turn) _suites = suites;
    }

    /// <summary>Sets which directory the statement is for; empty: none. Before that it stays for the one that it was for.</summary>
    public void BindTo(byte[] directory)
    {
        lock (_turn) _directory = directory;
    }

    /// <summary>The statement as it is to be registered now.</summary>
    /// <exception cref="KeyException">It has to be renewed, and cannot be written.</exception>
    public string Current()
    {
        lock (_turn)
        {
            try
            {
                return Renewed();
            }
            catch (KeyException) when (_text is not null && _statement?.Statement.Prekey.Expires > clock.GetUtcNow())
            {
                // Another program may be changing the same keys; what there is still holds.
                return _text;
            }
        }
    }

    /// <summary>Reads again what another program of the user may have renewed.</summary>
    /// <returns>Whether there was anything new.</returns>
    public bool Refresh()
    {
        lock (_turn)
        {
            if (ReadText() == _text) return false;
            Read();
            return true;
        }
    }

    private string Renewed()
    {
        prekeys.EraseOver();
        if (prekeys.Current() is { } known && IsOf(known)) return _text!;
        // Another program of the user may have written more meanwhile.
        Read();
        var current = prekeys.Current() ?? prekeys.Renew();
        return IsOf(current) ? _text! : Make(current);
    }

    private void Read()
    {
        prekeys.Load();
        _text = ReadText();
        _statement = _text is null ? null : Statement.TryRead(_text);
        _earlier = EarlierDirectories.Read(keys);
        Index();
    }

    // Readers see the whole of the one or of the other.
    private void Index()
    {
        var present = _statement?.Statement.DirectoryId ?? [];
        Volatile.Write(ref _directoryIds, [present, .. _earlier.Ids.Where(id => !id.AsSpan().SequenceEqual(present))]);
    }

    private string? ReadText() => keys.Read(Entry) is { } bytes ? Encoding.ASCII.GetString(bytes) : null;

    private bool IsOf(Prekey prekey) => _statement?.Statement is { } made
        && made.User == user && made.Prekey.Key.AsSpan().SequenceEqual(prekey.PublicKey) && made.Identity.AsSpan().SequenceEqual(identity.PublicKey)
        && made.SignKeyHash.AsSpan().SequenceEqual(Statement.HashOfSignKey(signKeySpki)) && (_suites is null || made.Suites.SequenceEqual(_suites))
        && (_directory is null || made.DirectoryId.AsSpan().SequenceEqual(_directory));

    private string Make(Prekey prekey)
    {
        // By the clock, so that it grows even where the last one was lost.
        var revision = Math.Max(clock.GetUtcNow().ToUnixTimeMilliseconds(), _statement is { Statement.Revision: < long.MaxValue } last ? last.Statement.Revision + 1 : 0);
        var signed = new PublicPrekey(prekey.NotBefore, prekey.Expires, prekey.PublicKey, identity.Sign(PublicPrekey.Signed(user, prekey.NotBefore, prekey.Expires, prekey.PublicKey)));
        var suites = _suites ?? _statement?.Statement.Suites ?? DefaultSuites;
        var directory = _directory ?? _statement?.Statement.DirectoryId ?? [];
        Leave(directory);
        var statement = new Statement(user, directory, revision, suites, identity.PublicKey.ToArray(), Statement.HashOfSignKey(signKeySpki), signed).ToBytes();
        using var signKey = RsaHalves.Read(keys, RsaHalves.Sign);
        var text = Statement.ToText(statement, identity.Sign(statement), signKey.SignPss(Statement.CrossSigned(statement)));
        keys.Write(Entry, Encoding.ASCII.GetBytes(text), isSecret: false);
        (_text, _statement) = (text, Statement.TryRead(text));
        Index();
        return text;
    }

    /// <summary>Remembers the directory of the statement that is replaced, where it is another: before that statement is gone, and with it the only word of it.</summary>
    private void Leave(byte[] next)
    {
        if (_statement?.Statement is not { } last || last.DirectoryId.AsSpan().SequenceEqual(next)) return;
        var earlier = _earlier.With(last, clock.GetUtcNow());
        earlier.Write(keys);
        _earlier = earlier;
    }
}
