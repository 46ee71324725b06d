using NesActors.Cli.Settings;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.KeyDirectory.Trust;

namespace NesActors.Cli.Hosting;

/// <summary>Opens the key directory of the settings.</summary>
internal static class KeyDirectories
{
    /// <summary>An HTTP directory, or a folder of PEM files.</summary>
    public static IKeyDirectorySource Open(NesSettings settings, CliEnvironment environment, IDirectoryMemory memory)
    {
        if (settings.Provider.IsFile) return new FolderKeyDirectory(settings.Provider.LocalPath);
        return new HttpKeyDirectory(new HttpKeyDirectoryOptions(settings.Provider, PublicKeyOf(settings))
        {
            ProxyUri = settings.Proxy,
            CaFile = settings.ProviderCaFile,
            Clock = environment.Clock,
            Memory = memory,
        });
    }

    private static string PublicKeyOf(NesSettings settings)
    {
        if (settings.ProviderKeyFile is { } file) return Read(file);
        if (settings.Provider.AbsoluteUri.TrimEnd('/') == OriginalDirectory.Address) return OriginalDirectory.PublicKeyPem;
        throw CliException.Usage(
            $"the key directory {settings.Provider} needs its public key: get directory.pub from whoever runs it, and give it with -P FILE ({SettingKeys.ProviderKey.Name})");
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var code = error is FileNotFoundException or DirectoryNotFoundException ? ExitCode.NotFound : ExitCode.Usage;
            throw new CliException(code, $"the key directory's public key {file} cannot be read: {error.Message} ({SettingKeys.ProviderKey.Name}, -P)", error);
        }
    }
}
