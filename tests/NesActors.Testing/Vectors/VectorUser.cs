using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Testing.Vectors;

/// <summary>A user of the vectors with the keys that the original made. They are published: they protect nothing.</summary>
public sealed record VectorUser(string Name)
{
    private static readonly string[] Entries = ["rsa-message", "rsa-message.pub", "rsa-sign", "rsa-sign.pub"];

    /// <summary>RSA 2048.</summary>
    public static VectorUser Amy { get; } = new("amy");

    /// <summary>RSA 2048. The hostile and the liberal frames are to ben.</summary>
    public static VectorUser Ben { get; } = new("ben");

    /// <summary>RSA 3072.</summary>
    public static VectorUser Cat { get; } = new("cat3072");

    /// <summary>RSA 4096.</summary>
    public static VectorUser Dan { get; } = new("dan-4096");

    public static IReadOnlyList<VectorUser> All { get; } = [Amy, Ben, Cat, Dan];

    public Username Username => Username.Parse(Name);

    public string PrivateMessagePem => VectorFiles.ReadKey($"{Name}-rsa-message");

    public string PublicMessagePem => VectorFiles.ReadKey($"{Name}-rsa-message.pub");

    public string PrivateSignPem => VectorFiles.ReadKey($"{Name}-rsa-sign");

    public string PublicSignPem => VectorFiles.ReadKey($"{Name}-rsa-sign.pub");

    /// <summary>What a directory holds of the user.</summary>
    public PublicRecord PublicRecord => new(Username, new Dictionary<string, string>
    {
        [PublicRecord.MessageKey] = PublicMessagePem,
        [PublicRecord.SignKey] = PublicSignPem,
    });

    /// <summary>A key store with the user's four keys, as suite "nes1" names them.</summary>
    public MemoryKeyStore KeyStore()
    {
        var store = new MemoryKeyStore();
        foreach (var entry in Entries)
            store.Write(entry, Encoding.ASCII.GetBytes(VectorFiles.ReadKey($"{Name}-{entry}")), isSecret: !entry.EndsWith(".pub", StringComparison.Ordinal));
        return store;
    }
}
