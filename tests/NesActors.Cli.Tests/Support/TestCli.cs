using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Tests.Support;

/// <summary>The program in this process, with a home folder, variables and streams of its own.</summary>
public sealed class TestCli : IDisposable
{
    public string Home { get; } = System.IO.Directory.CreateTempSubdirectory("nes-cli-test-").FullName;

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string SystemUser { get; set; } = "alice";

    /// <summary>Answers to what is asked in secret; null: there is nobody to ask.</summary>
    public Func<string, string>? AskSecret { get; set; }

    /// <summary>Whether a person sits at input and output.</summary>
    public bool IsInteractive { get; set; }

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public string NesFolder => Path.Combine(Home, ".nes");

    public string ConfigFile => Path.Combine(NesFolder, "config");

    public string PathOf(string name) => Path.Combine(NesFolder, name);

    public void WriteConfig(string text)
    {
        System.IO.Directory.CreateDirectory(NesFolder);
        File.WriteAllText(ConfigFile, text);
    }

    public Task<CliResult> RunAsync(params string[] arguments) => RunWithInputAsync("", CancellationToken.None, arguments);

    public async Task<CliResult> RunWithInputAsync(string input, CancellationToken cancellation, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Cli.RunAsync(arguments, EnvironmentWith(new StringReader(input), output, error), cancellation);
        return new CliResult(code, output.ToString(), error.ToString());
    }

    /// <summary>Makes keys for a new user, whose name begins so, and registers them.</summary>
    public async Task<string> JoinAsync(string name, TestNetwork network)
    {
        var user = $"{name}-{Guid.NewGuid():N}"[..20];
        Assert.Equal(ExitCode.Done, (await RunAsync("generate", "-q", "-u", user)).Code);
        Assert.Equal(ExitCode.Done, (await RunAsync(["register", "-q", "-u", user, "-e", "someone@example.org", .. network.Options])).Code);
        return user;
    }

    internal CliEnvironment EnvironmentWith(TextReader input, TextWriter output, TextWriter error) => new()
    {
        In = new Lazy<TextReader>(input),
        Out = output,
        Error = error,
        Home = Home,
        SystemUser = SystemUser,
        Variables = Variables,
        Clock = Clock,
        IsInteractive = IsInteractive,
        AskSecret = AskSecret,
    };

    public void Dispose() => System.IO.Directory.Delete(Home, recursive: true);
}

public sealed record CliResult(int Code, string Out, string Error)
{
    /// <summary>The one line that an error has.</summary>
    public string OneErrorLine
    {
        get
        {
            Assert.EndsWith("\n", Error);
            return Assert.Single(Error.TrimEnd('\n').Split('\n'));
        }
    }
}
