using System.CommandLine;
using System.Text;
using NesActors.Cli.Settings;

namespace NesActors.Cli.Commands;

/// <summary>Where a passphrase comes from: a file descriptor, a file, the environment, or the person. Never an option: others could read it in the list of processes.</summary>
internal sealed class PassphraseOptions
{
    private const int MinBytes = 10;

    private readonly string _variable;
    private readonly PassphraseOptions? _otherwise;

    /// <param name="option">The option for a file descriptor.</param>
    /// <param name="variable">The variable of the environment.</param>
    /// <param name="description">For the help: whose passphrase it is.</param>
    /// <param name="otherwise">Where it comes from when neither is given, before the person is asked.</param>
    public PassphraseOptions(string option, string variable, string description, PassphraseOptions? otherwise = null)
    {
        (_variable, _otherwise) = (variable, otherwise);
        Descriptor = new Option<int?>(option) { HelpName = "N", Description = description };
    }

    /// <summary>The option for a file descriptor.</summary>
    public Option<int?> Descriptor { get; }

    /// <summary>The setting that names a file with it; <see langword="null"/>: there is none.</summary>
    public SettingKey? File { get; init; }

    /// <summary>That of the identity, which every command takes.</summary>
    public static PassphraseOptions OfIdentity()
    {
        var options = new PassphraseOptions(
            "--passphrase-fd", "NES_PASSPHRASE", "Read the passphrase of protected keys from this file descriptor, its first line; else from NES_PASSPHRASE or NES_PASSPHRASE_FILE, else you are asked")
        {
            File = SettingKeys.PassphraseFile,
        };
        options.Descriptor.Recursive = true;
        return options;
    }

    /// <summary>That of a backup: the identity's where no other is given.</summary>
    public static PassphraseOptions OfBackup(CommandContext context) => new(
        "--backup-passphrase-fd", "NES_BACKUP_PASSPHRASE",
        "Read the backup's passphrase from this file descriptor, its first line; else from NES_BACKUP_PASSPHRASE, else it is that of --passphrase-fd or NES_PASSPHRASE, else you are asked", context.Options.Passphrase);

    /// <summary>Whether it is there without asking anybody.</summary>
    public bool IsGiven(Invocation run) => run.Get(Descriptor) is not null || run.Environment.Variables.ContainsKey(_variable) || (File is not null && run.Sources().Get(File).IsSet) || _otherwise?.IsGiven(run) == true;

    /// <summary>A passphrase that will protect something: long enough, and typed twice where it is typed.</summary>
    /// <returns>UTF-8; the caller overwrites it.</returns>
    public byte[] ReadNew(Invocation run, string what)
    {
        var passphrase = Given(run) ?? Ask(run, $"New passphrase for {what}: ", what);
        if (passphrase.Length < MinBytes) throw CliException.Usage($"the passphrase is shorter than {MinBytes} characters: take a sentence, or some words");
        if (!IsGiven(run) && !passphrase.AsSpan().SequenceEqual(Ask(run, "The same again: ", what))) throw CliException.Usage("the two passphrases differ; nothing was written");
        return passphrase;
    }

    /// <summary>The passphrase of something that is protected already.</summary>
    /// <returns>UTF-8; the caller overwrites it.</returns>
    public byte[] Read(Invocation run, string what) => Given(run) ?? Ask(run, $"Passphrase of {what}: ", what);

    private byte[]? Given(Invocation run)
    {
        if (run.Get(Descriptor) is { } descriptor) return run.Descriptors.FirstLine(descriptor);
        var (file, isNearer) = FileOf(run);
        if (isNearer) return file();
        return run.Environment.Variables.TryGetValue(_variable, out var text) ? Encoding.UTF8.GetBytes(text) : file() ?? _otherwise?.Given(run);
    }

    /// <summary>What reads the file that the settings name, and whether it goes before the variable: as an option, or for one identity of several.</summary>
    private (Func<byte[]?> Read, bool IsNearer) FileOf(Invocation run)
    {
        if (File is null) return (() => null, false);
        var sources = run.Sources();
        var value = sources.Get(File);
        return (() => value.IsSet ? PassphraseFile.Read(value, SettingSources.FullPath(value.Text, run.Environment)) : null, sources.GoesBeforeEnvironment(value));
    }

    private byte[] Ask(Invocation run, string prompt, string what) => run.Environment.AskSecret is { } ask
        ? Encoding.UTF8.GetBytes(ask(prompt))
        : throw CliException.Usage($"there is nobody to ask for the passphrase of {what}: set {_variable}{(File is null ? "" : $" or {File.Name}")}, or give it with {Descriptor.Name} N");
}
