using NesActors.Cli.Settings;

namespace NesActors.Cli.Commands.Gateway;

/// <summary>The command once for each identity that it serves, with the settings of that identity.</summary>
internal sealed class ServedInvocations : IDisposable
{
    /// <summary>What is said of one identity: of several it is said in the file of each.</summary>
    private static readonly SettingKey[] OfOne =
    [
        SettingKeys.User, SettingKeys.PrivateMessage, SettingKeys.PublicMessage, SettingKeys.PrivateSign, SettingKeys.PublicSign, SettingKeys.State, SettingKeys.PassphraseFile,
    ];

    private ServedInvocations(IReadOnlyList<Invocation> all) => All = all;

    /// <summary>At least one.</summary>
    public IReadOnlyList<Invocation> All { get; }

    /// <summary>That of the settings, or one for each of several configuration files.</summary>
    /// <exception cref="CliException">Two would get into each other's way, or a setting makes no sense.</exception>
    public static ServedInvocations Of(Invocation run)
    {
        // It is disposed by the command too, which does no harm.
        if (run.ConfigFiles.Count <= 1) return new ServedInvocations([run]);
        if (OfOne.FirstOrDefault(key => run.Given.ContainsKey(key.Name)) is { } given) throw NotForSeveral(given.Short ?? given.Option!, given);
        if (run.Get(run.Passphrase.Descriptor) is not null) throw NotForSeveral(run.Passphrase.Descriptor.Name, SettingKeys.PassphraseFile);
        var served = new ServedInvocations([.. run.ConfigFiles.Select(run.OfIdentity)]);
        try
        {
            RefuseShared([.. served.All.Select(one => one.Settings)]);
            return served;
        }
        catch
        {
            served.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var one in All) one.Dispose();
    }

    private static void RefuseShared(IReadOnlyList<NesSettings> all)
    {
        for (var i = 0; i < all.Count; i++)
        {
            foreach (var before in all.Take(i)) RefuseShared(before, all[i]);
        }
    }

    private static void RefuseShared(NesSettings one, NesSettings other)
    {
        var both = $"{one.ConfigFile} and {other.ConfigFile}";
        if (one.User == other.User) throw CliException.Usage($"{both} are both of {one.User}: each needs a {SettingKeys.User.Name} of its own");
        if (one.StateFolder == other.StateFolder) throw CliException.Usage($"{both} have the same state folder {one.StateFolder}: each identity needs one of its own ({SettingKeys.State.Name})");
        if (one.KeyFiles.Values.Where(other.KeyFiles.Values.Contains).FirstOrDefault() is { } file) throw CliException.Usage($"{both} have the same key file {file}: each identity needs keys of its own");
    }

    private static CliException NotForSeveral(string option, SettingKey key) =>
        CliException.Usage($"option {option} is about one identity, and several configuration files were given: set {key.Name} in each of them");
}
