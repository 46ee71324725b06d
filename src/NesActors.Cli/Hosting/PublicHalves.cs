using System.Text;
using NesActors.Cli.Settings;
using NesActors.Contracts.Crypto;
using NesActors.Core.Keys;

namespace NesActors.Cli.Hosting;

/// <summary>The record of a user whose private keys are elsewhere.</summary>
internal static class PublicHalves
{
    private const string Message = "rsa-message.pub", Sign = "rsa-sign.pub";

    /// <summary>The entries that they lie in.</summary>
    public static IReadOnlyList<string> Names { get; } = [Message, Sign];

    /// <summary>Reads the two public key files, and the statements for suites where there are some.</summary>
    /// <exception cref="CliException">One of the two is missing.</exception>
    public static PublicRecord Read(FileKeyStore keys, NesSettings settings, IEnumerable<string> suites)
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [PublicRecord.MessageKey] = ReadOne(keys, Message, settings),
            [PublicRecord.SignKey] = ReadOne(keys, Sign, settings),
        };
        foreach (var suite in suites)
        {
            if (keys.Read($"statement-{suite}.pub") is { } statement) entries[PublicRecord.StatementOf(suite)] = Encoding.UTF8.GetString(statement);
        }
        return new PublicRecord(settings.User, entries);
    }

    private static string ReadOne(FileKeyStore keys, string name, NesSettings settings) =>
        keys.Read(name) is { } content
            ? Encoding.UTF8.GetString(content)
            : throw CliException.NotFound($"{settings.User} has no key {keys.PathOf(name)}; make keys with: nes generate -u {settings.User}");
}
