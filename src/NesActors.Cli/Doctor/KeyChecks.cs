using NesActors.Cli.Hosting;
using NesActors.Cli.Settings;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Keys;
using NesActors.Plugins;

namespace NesActors.Cli.Doctor;

/// <summary>The user's keys: there, not open to others, readable, pairs that fit.</summary>
internal static class KeyChecks
{
    private const string Check = "keys";

    /// <summary>Looks at them.</summary>
    /// <param name="settings">Whose they are.</param>
    /// <param name="factory">Reads them.</param>
    /// <param name="mayUnlock">Whether the passphrase of protected ones is there; nobody is asked for it.</param>
    /// <returns>The findings, and the public record where the keys can be used.</returns>
    public static (IReadOnlyList<Finding> Findings, PublicRecord? Record) Run(NesSettings settings, SessionFactory factory, bool mayUnlock)
    {
        var findings = new List<Finding>();
        foreach (var file in OpenFiles.Find(settings, factory.PrivateFiles()))
        {
            var isKey = factory.PrivateFiles().Append(settings.KeyringFile).Contains(file.Path) && !settings.AllowOpenKeys;
            findings.Add(isKey
                ? Finding.Error("modes", ExitCode.Untrusted, file.ToString(), "nes doctor --fix")
                : Finding.Warning("modes", file.ToString(), "nes doctor --fix"));
        }
        foreach (var path in settings.KeyFiles.Where(entry => !FileKeyStore.IsSecret(entry.Key) && !File.Exists(entry.Value)).Select(entry => entry.Value))
        {
            findings.Add(Finding.Warning(Check, $"there is no public key {path}", "not needed here; other programs read it"));
        }

        if (factory.IsProtected) findings.AddRange(InTheClear(settings, factory));
        if (factory.IsProtected && !mayUnlock) return ([.. findings, Locked(settings)], PublicRecordOf(settings, factory));

        try
        {
            using var identity = factory.Identity(factory.Suite());
            findings.Add(Finding.Ok(Check, $"{settings.User} has keys that fit together{(factory.IsProtected ? ", protected by a passphrase" : "")}, fingerprint {identity.Fingerprint.ToGroups()}"));
            return (findings, identity.PublicRecord);
        }
        catch (CliException missing)
        {
            findings.Add(Finding.Error(Check, missing.ExitCode, $"{settings.User} has no keys", $"nes generate -u {settings.User}"));
        }
        catch (KeyException) when (findings.Any(finding => finding is { Check: "modes", Level: Level.Error }))
        {
            // Said already, and nothing more can be seen before it is mended.
        }
        catch (KeyException error)
        {
            findings.Add(Finding.Error(Check, ExitCode.Untrusted, error.Message, "restore the key from a copy, or make new ones: nes generate --force"));
        }
        catch (PluginException error)
        {
            findings.Add(Finding.Error(Check, ExitCode.Usage, error.Message, "choose another with --suite NAME; nes plugins says what there is"));
        }
        return (findings, null);
    }

    private static Finding Locked(NesSettings settings) =>
        Finding.Ok(Check, $"the private keys of {settings.User} are protected by a passphrase in {settings.KeyringFile}, and were not looked at; with NES_PASSPHRASE or --passphrase-fd they are");

    /// <summary>What a protection left that was broken off.</summary>
    private static IEnumerable<Finding> InTheClear(NesSettings settings, SessionFactory factory) => factory.Protection().InTheClear.Select(
        path => Finding.Warning(Check, $"{path} is in the clear, although a passphrase protects the keys of {settings.User}", $"nes keys protect -u {settings.User}"));

    private static PublicRecord? PublicRecordOf(NesSettings settings, SessionFactory factory)
    {
        try
        {
            return PublicHalves.Read(factory.Files(), settings, factory.Suites.Stating());
        }
        catch (Exception error) when (error is CliException or KeyException)
        {
            // That a public half is missing was said; the directory is then asked for the name alone.
            return null;
        }
    }
}
