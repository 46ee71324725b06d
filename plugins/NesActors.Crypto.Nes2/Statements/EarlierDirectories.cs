using NesActors.Contracts.Crypto;

namespace NesActors.Crypto.Nes2.Statements;

/// <summary>
/// The ids of directories that a user's earlier statements were for: who has such a statement seals under its id, for as long as its prekey opens. The ids are kept for all prekeys together, so that a frame takes the
/// same course whichever prekey it names. The entry: <c>0x01 | lp(directory id), until i64 | …</c>, eight at most. Immutable.
/// </summary>
internal sealed class EarlierDirectories
{
    /// <summary>The entry of the key store. Nothing in it is secret: each of these statements was published.</summary>
    public const string Entry = "nes2-directories.pub";

    private const byte Version = 1;
    private const int Most = 8;

    private readonly IReadOnlyList<(byte[] Id, DateTimeOffset Until)> _all;

    private EarlierDirectories(IReadOnlyList<(byte[] Id, DateTimeOffset Until)> all) => _all = all;

    public static EarlierDirectories None { get; } = new([]);

    /// <summary>The ids, each once; empty: a statement that was for none.</summary>
    public IEnumerable<byte[]> Ids => _all.Select(each => each.Id);

    /// <summary>Reads what is there. What is damaged counts as nothing: it is no key, and only frames under way to a directory that was left are lost by it.</summary>
    public static EarlierDirectories Read(IKeyStore keys)
    {
        if (keys.Read(Entry) is not { } bytes) return None;
        var reader = new ByteReader(bytes);
        if (reader.U8() != Version) return None;
        var all = new List<(byte[], DateTimeOffset)>();
        while (!reader.IsEmpty && all.Count < Most) all.Add((reader.Lp().ToArray(), reader.Time()));
        return reader.IsDone && all.All(each => each.Item1.Length <= Statement.LongestDirectory) ? new EarlierDirectories(all) : None;
    }

    public void Write(IKeyStore keys)
    {
        var writer = new ByteWriter().U8(Version);
        foreach (var (id, until) in _all) writer.Lp(id).Time(until);
        keys.Write(Entry, writer.Written, isSecret: false);
    }

    /// <summary>The same with another statement's; what is over is left out, and where there are too many, what will be over first.</summary>
    public EarlierDirectories With(Statement statement, DateTimeOffset now)
    {
        // A statement of ours that was damaged may end when time does.
        var until = DateTimeOffset.MaxValue - statement.Prekey.Expires > Keys.Prekey.Grace ? statement.Prekey.Expires + Keys.Prekey.Grace : DateTimeOffset.MaxValue;
        var others = _all.Where(each => each.Until > now && !IsOf(statement, each.Id));
        var before = _all.FirstOrDefault(each => IsOf(statement, each.Id)).Until;
        return new EarlierDirectories([.. others.Append((Id: statement.DirectoryId, Until: before > until ? before : until)).OrderByDescending(each => each.Until).Take(Most)]);
    }

    private static bool IsOf(Statement statement, byte[] id) => id.AsSpan().SequenceEqual(statement.DirectoryId);
}
