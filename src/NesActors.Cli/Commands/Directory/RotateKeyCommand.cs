using System.CommandLine;
using NesActors.Contracts.FrontEnd;
using NesActors.Directory;

namespace NesActors.Cli.Commands.Directory;

/// <summary><c>nes directory rotate-key</c>: gives a directory a new key that clients of the old one follow to.</summary>
internal static class RotateKeyCommand
{
    public static Command Create(CommandContext context)
    {
        var data = new Option<string>("--data") { Required = true, HelpName = "FOLDER", Description = "The directory's data folder; no server may run on it" };
        var size = new Option<int>("--size", "-s") { HelpName = "BITS", Description = "Size of the new key, 2048 to 8192", DefaultValueFactory = _ => DirectoryKey.DefaultBits };
        size.Between(2048, 8192, "bits");
        var command = new Command("rotate-key", "Change the key that a directory signs with; the old one vouches for the new one and is erased") { data, size, context.Options.Json };
        return context.Bind(command, async (run, cancellation) =>
        {
            run.Error.WriteLine($"making the directory's new key, RSA of {run.Get(size)} bits ...");
            var (publicFile, rev) = await DirectoryKey.RotateAsync(Path.GetFullPath(run.Get(data)!), run.Get(size), run.Environment.Clock, cancellation);
            run.Tell(
                [
                    $"changes of the key: {rev}",
                    $"its public key: {publicFile}",
                    "",
                    "Start the server again: it signs all records anew, those that are asked for first.",
                    "Hand that file to new users, and to users of the original's client, which cannot follow by itself. Ours, given the old key, follows.",
                    "Keep backups of the folder that hold the old private key from others, or destroy them.",
                ],
                ("rev", rev), ("public", publicFile));
            return ExitCode.Done;
        });
    }
}
