using System.CommandLine;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Keys;
using NesActors.Directory;

namespace NesActors.Cli.Commands.Directory;

/// <summary><c>nes directory keygen</c>: makes the key of a directory.</summary>
internal static class KeyGenCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Option<string>("--out") { Required = true, HelpName = "FILE", Description = "File of the private half; the public one gets .pub" };
        var size = new Option<int>("--size", "-s") { HelpName = "BITS", Description = "Size of the key, 2048 to 8192", DefaultValueFactory = _ => DirectoryKey.DefaultBits };
        size.Between(2048, 8192, "bits");
        var command = new Command("keygen", "Make the key that a directory signs with") { file, size, context.Options.Json };
        return context.Bind(command, (run, _) =>
        {
            run.Error.WriteLine($"making the directory's key, RSA of {run.Get(size)} bits ...");
            var path = Path.GetFullPath(run.Get(file)!);
            SecureFolder.Make(Path.GetDirectoryName(path)!);
            var publicHalf = DirectoryKey.Create(path, run.Get(size));
            run.Tell([$"private half: {path}", $"public half: {publicHalf}"], ("private", path), ("public", publicHalf));
            return Task.FromResult(ExitCode.Done);
        });
    }
}
