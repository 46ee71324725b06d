namespace NesActors.Cli.Up;

/// <summary>Tells how to join a local network from another terminal, in commands that can be pasted.</summary>
internal static class JoinText
{
    /// <summary>Prints it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="talksTo">Who of the demo answers; <see langword="null"/>: nobody is there yet.</param>
    /// <param name="output">Where to.</param>
    public static void Write(LocalNetwork network, string? talksTo, TextWriter output)
    {
        var nes = ProgramName.Shell;
        var where = $"-b {Trim(network.Broker)} -p {Trim(network.Directory)} -P {ProgramName.Quote(network.DirectoryKeyFile)}";
        output.WriteLine("Join from another terminal:");
        output.WriteLine();
        output.WriteLine($"  {nes} generate -u carol");
        output.WriteLine($"  {nes} register -u carol -e carol@example.org {where}");
        if (talksTo is not null)
        {
            output.WriteLine($"  {nes} chat -u carol -t {talksTo} {where}");
        }
        else
        {
            output.WriteLine($"  {nes} listen -u carol {where}");
            output.WriteLine();
            output.WriteLine("and from a third one, somebody who writes to carol:");
            output.WriteLine();
            output.WriteLine($"  {nes} generate -u dave");
            output.WriteLine($"  {nes} register -u dave -e dave@example.org {where}");
            output.WriteLine($"  {nes} send -u dave -t carol -m 'Hello Carol!' {where}");
        }
        output.WriteLine();
        output.WriteLine("Ctrl-C ends the network.");
        output.Flush();
    }

    private static string Trim(Uri address) => address.ToString().TrimEnd('/');
}
