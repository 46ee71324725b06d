using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Testing;

/// <summary>
/// A suite without cryptography: frames are <c>from|to|key|milliseconds|delivery|text</c>, where key stands for the sender's signature and delivery is JSON or
/// empty. A content is a frame. For tests of what is around a suite.
/// </summary>
public sealed class PlainSuite : ICryptoSuite
{
    public const string KeyEntry = "plain";

    public string Id => "plain";

    public void GenerateKeys(Username user, IKeyStore keys, KeyGenerationOptions options, CancellationToken cancellation) =>
        throw new NotSupportedException("This suite has no keys to make.");

    public ILocalIdentity LoadIdentity(Username user, IKeyStore keys, TimeProvider clock) => IdentityOf(user);

    public ILocalIdentity IdentityOf(Username user, string key = "1") => new Local(user, key);

    public static PublicRecord RecordOf(Username user, string key = "1") =>
        new(user, new Dictionary<string, string> { [KeyEntry] = key });

    public IPeerIdentity ReadPeer(PublicRecord record) =>
        record.Entries.TryGetValue(KeyEntry, out var key) ? new Peer(record.User, key) : throw new KeyException("No key.");

    public static byte[] Frame(Username from, string to, string text, DateTimeOffset sentAt, string key = "1", Delivery? delivery = null) =>
        Encoding.UTF8.GetBytes($"{from}|{to}|{key}|{sentAt.ToUnixTimeMilliseconds()}|{(delivery is null ? "" : JsonSerializer.Serialize(delivery))}|{text}");

    public sealed record Peer(Username User, string Key) : IPeerIdentity
    {
        public Fingerprint Fingerprint => new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{User}{Key}"))));

        public DateTimeOffset? UsableUntil { get; init; }

        public void Dispose() { }
    }

    private sealed record Local(Username User, string Key) : ILocalIdentity
    {
        public PublicRecord PublicRecord => RecordOf(User, Key);

        public Fingerprint Fingerprint => new Peer(User, Key).Fingerprint;

        public byte[] Compose(Message message) => Frame(User, message.To.Value, message.Text, message.SentAt, Key, message.Delivery);

        public SealedFrame Seal(ReadOnlyMemory<byte> content, IPeerIdentity recipient) => new(content.ToArray(), SHA256.HashData(content.Span));

        public OpenResult Open(ReadOnlyMemory<byte> frame)
        {
            var parts = Encoding.UTF8.GetString(frame.Span).Split('|', 6);
            if (parts is ["throw", ..]) throw new InvalidOperationException("A defect of the suite.");
            return parts.Length == 6 ? OpenResult.Opened(new Opened(parts, SHA256.HashData(frame.Span))) : OpenResult.Dropped(DropReason.BadFrame);
        }

        public void Dispose() { }
    }

    private sealed class Opened(string[] parts, byte[] hash) : OpenedFrame(parts[0], parts[1], hash)
    {
        protected override Message? VerifyCore(IPeerIdentity sender) => ((Peer)sender).Key == parts[2]
            ? new Message(sender.User, Username.Parse(parts[1]), DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[3])), parts[5])
            {
                Delivery = parts[4].Length == 0 ? null : JsonSerializer.Deserialize<Delivery>(parts[4]),
            }
            : null;
    }
}
