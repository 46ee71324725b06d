namespace NesActors.FrontEnd.Tests.Terminal;

/// <summary>The program of tests/ChatHost, as the build of this configuration left it.</summary>
internal static class ChatHostProgram
{
    /// <summary>The command line that starts it.</summary>
    public static string Command { get; } = $"dotnet {Locate()}";

    private static string Locate()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = framework.Parent!;
        var tests = configuration.Parent!.Parent!.Parent!;
        var file = Path.Combine(tests.FullName, "ChatHost", "bin", configuration.Name, framework.Name, "ChatHost.dll");
        return File.Exists(file) ? file : throw new FileNotFoundException("The test's program was not built.", file);
    }
}
