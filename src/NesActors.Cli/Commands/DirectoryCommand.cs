using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Keys;
using NesActors.Directory;

namespace NesActors.Cli.Commands;

/// <summary><c>nes directory</c>: runs a key directory, or makes the key of one.</summary>
internal static class DirectoryCommand
{
    public static Command Create(CommandContext context) => new("directory", "Run a key directory") { Serve(context), KeyGen(context), RotateKeyCommand.Create(context) };

    private static Command Serve(CommandContext context)
    {
        var listen = new Option<Uri>("--listen")
        {
            HelpName = "URL",
            Description = "Where to listen: http:// or https://, an address of this machine, a port (0: any free one)",
            CustomParser = ParseUri,
            DefaultValueFactory = _ => new Uri("http://127.0.0.1:8080"),
        };
        var data = new Option<string>("--data") { Required = true, HelpName = "FOLDER", Description = "Where the key and the database lie; made where it is not there" };
        var activation = new Option<ActivationMode>("--activation")
        {
            HelpName = "none|log",
            Description = "What a registration waits for: none, nothing (for experiments); log, its link, which is written to the log",
            DefaultValueFactory = _ => ActivationMode.Log,
        };
        var publicUrl = new Option<Uri>("--public-url") { HelpName = "URL", Description = "What links begin with, where a proxy stands in front", CustomParser = ParseUri };
        var certificate = new Option<string>("--cert") { HelpName = "FILE", Description = "Certificate of an https address (PEM)" };
        var key = new Option<string>("--cert-key") { HelpName = "FILE", Description = "Its private key (PEM), where it is not in the same file" };
        var command = new Command("serve", "Run a key directory that the original's clients and ours can use") { listen, data, activation, publicUrl, certificate, key };
        return context.Bind(command, async (run, cancellation) =>
        {
            using var logging = run.ServerLogging;
            var options = new DirectoryOptions
            {
                Listen = run.Get(listen)!,
                DataFolder = Path.GetFullPath(run.Get(data)!),
                Activation = run.Get(activation),
                PublicAddress = run.Get(publicUrl),
                TlsCertificateFile = run.Get(certificate),
                TlsKeyFile = run.Get(key),
                Clock = run.Environment.Clock,
                LoggerFactory = logging,
            };
            await using var server = await DirectoryServer.StartAsync(options, cancellation);
            run.Out.WriteLine($"key directory: {server.BaseAddress}");
            run.Out.WriteLine($"its public key: {Path.Combine(options.DataFolder, DirectoryKey.PublicFileName)}");
            run.Out.Flush();
            await Waiting.UntilCancelledAsync(cancellation);
            return ExitCode.Done;
        });
    }

    private static Command KeyGen(CommandContext context)
    {
        var file = new Option<string>("--out") { Required = true, HelpName = "FILE", Description = "File of the private half; the public one gets .pub" };
        var size = new Option<int>("--size", "-s") { HelpName = "BITS", Description = "Size of the key, 2048 to 8192", DefaultValueFactory = _ => DirectoryKey.DefaultBits };
        size.Between(2048, 8192, "bits");
        var command = new Command("keygen", "Make the key that a directory signs with") { file, size };
        return context.Bind(command, (run, _) =>
        {
            run.Error.WriteLine($"making the directory's key, RSA of {run.Get(size)} bits ...");
            var path = Path.GetFullPath(run.Get(file)!);
            SecureFolder.Make(Path.GetDirectoryName(path)!);
            var publicHalf = DirectoryKey.Create(path, run.Get(size));
            run.Out.WriteLine($"private half: {path}");
            run.Out.WriteLine($"public half: {publicHalf}");
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static Uri? ParseUri(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") return uri;
        result.AddError($"'{result.Tokens[0].Value}' is no address like http://127.0.0.1:8080");
        return null;
    }
}
