using NesActors.Testing;

namespace NesActors.EndToEnd.Tests.Support;

/// <summary>A NES network of real parts: mosquitto, and a key directory as a process of its own. Everybody's home is a temporary folder.</summary>
internal sealed class Lab : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private NesProcess _directory;

    private Lab(DirectoryInfo folder, MosquittoServer mosquitto, NesProcess directory, string directoryAddress, string strangers, string? suite)
    {
        (_folder, Mosquitto, _directory) = (folder, mosquitto, directory);
        Network = ["-b", $"mqtt://127.0.0.1:{mosquitto.Port}", "-p", directoryAddress, "-P", Path.Combine(folder.FullName, "directory", "directory.pub")];
        Nes = new NesProgram(folder.FullName) { Environment = EnvironmentOf(strangers, suite) };
    }

    /// <summary>The programs that a test needs which uses this.</summary>
    public const string Program = MosquittoServer.Program;

    public MosquittoServer Mosquitto { get; }

    /// <summary>The options that lead a command into this network.</summary>
    public string[] Network { get; }

    public NesProgram Nes { get; }

    /// <summary>The home folder of all who run commands here.</summary>
    public string Home => _folder.FullName;

    /// <summary>Starts the parts.</summary>
    /// <param name="options">What is special about the broker.</param>
    /// <param name="suite">The suite of all commands; <see langword="null"/>: what they take by themselves.</param>
    /// <param name="strangers">What becomes of them in all sessions: people here know one another, unless a test is about those who do not.</param>
    public static async Task<Lab> StartAsync(MosquittoOptions? options = null, string strangers = "accept", string? suite = null)
    {
        var folder = Directory.CreateTempSubdirectory("nes-lab-");
        var mosquitto = await MosquittoServer.StartAsync(options);
        var (directory, address) = await ServeAsync(folder.FullName, Path.Combine(folder.FullName, "directory"), "http://127.0.0.1:0");
        return new Lab(folder, mosquitto, directory, address, strangers, suite);
    }

    /// <summary>Starts a key directory, and waits for its address.</summary>
    public static async Task<(NesProcess Server, string Address)> ServeAsync(string home, string data, string listen)
    {
        var directory = new NesProgram(home).Start("directory", "serve", "--listen", listen, "--data", data, "--activation", "none");
        var line = await directory.SaysAsync("http://127.0.0.1:");
        var address = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).First(word => word.StartsWith("http://127.0.0.1:", StringComparison.Ordinal));
        return (directory, address.TrimEnd('/', '.', ','));
    }

    /// <summary>Stops the directory, does something to its folder, and starts it again where it was.</summary>
    /// <param name="change">Given the folder.</param>
    public async Task ChangeDirectoryAsync(Func<string, Task> change)
    {
        _directory.Terminate();
        await _directory.ExitAsync();
        await _directory.DisposeAsync();
        var data = Path.Combine(Home, "directory");
        await change(data);
        (_directory, _) = await ServeAsync(Home, data, Network[3]);
    }

    private static Dictionary<string, string> EnvironmentOf(string strangers, string? suite)
    {
        var variables = new Dictionary<string, string> { ["STRANGERS"] = strangers };
        if (suite is not null) variables["NES_SUITE"] = suite;
        return variables;
    }

    /// <summary>Makes keys for a user and registers them.</summary>
    public async Task JoinAsync(string user)
    {
        await Nes.SucceedAsync("generate", "-u", user);
        await Nes.SucceedAsync(["register", "-u", user, "-e", $"{user}@example.org", .. Network]);
    }

    /// <summary>A command in this network.</summary>
    public string[] Command(string verb, string user, params string[] more) => [verb, .. Options(user), .. more];

    /// <summary>The options that make a command of this network a user's.</summary>
    public string[] Options(string user) => ["-u", user, .. Network];

    /// <summary>The state folder of a user.</summary>
    public string StateOf(string user) => Path.Combine(Home, ".nes", $"{user}.state");

    /// <summary>A configuration file that says all of a user's identity.</summary>
    public string ConfigOf(string user)
    {
        var file = Path.Combine(Home, $"{user}.config");
        File.WriteAllText(file, $"NES_USERNAME = {user}\nMQTT_BROKER_ADDRESS = {Network[1]}\nPUBKEY_ADDRESS = {Network[3]}\nPUBKEY_PUBLIC_KEY_FILE = {Network[5]}\nSTATE_DIR = {StateOf(user)}\nSTRANGERS = accept\n");
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        await _directory.DisposeAsync();
        await Mosquitto.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
