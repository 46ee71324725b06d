using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Directory.Tests.Support;

/// <summary>Keys of an owner in the hands of the test: 2,048 bits, made once.</summary>
internal sealed class OwnerOf
{
    private static readonly Lazy<OwnerOf[]> All = new(() => [.. Enumerable.Range(0, 3).Select(_ => new OwnerOf())]);

    private readonly string _message = TestKeys.Message("amy");

    private OwnerOf() => Sign = RsaPrivateKey.Generate(2048);

    public static OwnerOf First => All.Value[0];

    public static OwnerOf Second => All.Value[1];

    public static OwnerOf Third => All.Value[2];

    public RsaPrivateKey Sign { get; }

    public PublicRecord Keys => new(
        Username.Parse("bob"), new Dictionary<string, string> { [PublicRecord.MessageKey] = _message, [PublicRecord.SignKey] = Sign.PublicKey.ToPem() });

    public KeyDigests Digests
    {
        get
        {
            using var message = RsaPublicKey.FromPem(_message);
            return KeyDigests.Of(message, Sign.PublicKey);
        }
    }

    /// <summary>A record with these keys.</summary>
    public DirectoryRecord Of(DirectoryRecord record) => record with { MessageKey = _message, SignKey = Sign.PublicKey.ToPem() };
}
