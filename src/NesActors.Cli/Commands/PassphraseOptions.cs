using System.CommandLine;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NesActors.Cli.Commands;

/// <summary>Where a passphrase comes from: a file descriptor, the environment, or the person. Never an option: others could read it in the list of processes.</summary>
internal sealed class PassphraseOptions
{
    public const string Variable = "NES_PASSPHRASE";

    private const int MinBytes = 10;
    private const int MaxBytes = 4096;

    private readonly Option<int?> _descriptor = new("--passphrase-fd")
    {
        HelpName = "N",
        Description = $"Read the passphrase from this file descriptor, its first line; else from {Variable}, else you are asked",
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(_descriptor);

    /// <summary>A passphrase that will protect something: long enough, and typed twice where it is typed.</summary>
    /// <returns>UTF-8; the caller overwrites it.</returns>
    public byte[] ReadNew(Invocation run, string what)
    {
        var passphrase = Given(run) ?? Ask(run, $"New passphrase for {what}: ");
        if (passphrase.Length < MinBytes) throw CliException.Usage($"the passphrase is shorter than {MinBytes} characters: take a sentence, or some words");
        if (IsTyped(run) && !passphrase.AsSpan().SequenceEqual(Ask(run, "The same again: "))) throw CliException.Usage("the two passphrases differ; nothing was written");
        return passphrase;
    }

    /// <summary>The passphrase of something that is protected already.</summary>
    /// <returns>UTF-8; the caller overwrites it.</returns>
    public byte[] Read(Invocation run, string what) => Given(run) ?? Ask(run, $"Passphrase of {what}: ");

    private bool IsTyped(Invocation run) => run.Get(_descriptor) is null && !run.Environment.Variables.ContainsKey(Variable);

    private byte[]? Given(Invocation run)
    {
        if (run.Get(_descriptor) is { } descriptor) return FirstLine(run, descriptor);
        return run.Environment.Variables.TryGetValue(Variable, out var text) ? Encoding.UTF8.GetBytes(text) : null;
    }

    private static byte[] FirstLine(Invocation run, int descriptor)
    {
        if (descriptor == 0) return Encoding.UTF8.GetBytes(run.Environment.In.Value.ReadLine() ?? "");
        if (descriptor < 0 || OperatingSystem.IsWindows()) throw CliException.Usage($"there is no file descriptor {descriptor} to read a passphrase from");
        try
        {
            using var stream = new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Read, bufferSize: 0);
            var buffer = new byte[MaxBytes];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            var end = buffer.AsSpan(0, length).IndexOfAny((byte)'\n', (byte)'\r');
            return buffer[..(end < 0 ? length : end)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CliException.Usage($"file descriptor {descriptor} cannot be read: {error.Message}");
        }
    }

    private static byte[] Ask(Invocation run, string prompt) => run.Environment.AskSecret is { } ask
        ? Encoding.UTF8.GetBytes(ask(prompt))
        : throw CliException.Usage($"there is nobody to ask for the passphrase: set {Variable}, or give it with --passphrase-fd N");
}
