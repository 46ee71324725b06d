namespace NesActors.Core.Attach.Wire;

/// <summary>What comes back of a command line that was handed over: lines for standard error as they are written, and then how it ended. Where it was not run to its end, the answer breaks off before that.</summary>
internal static class CommandFrame
{
    public static void PutError(this BinaryWriter to, string text)
    {
        to.Write(false);
        to.Write(text);
    }

    public static void PutEnd(this BinaryWriter to, int exitCode, string output)
    {
        to.Write(true);
        to.Write(exitCode);
        to.Write(output);
    }

    /// <summary>Whether the exit code and the output follow, or else a text for standard error.</summary>
    public static bool IsEnd(BinaryReader from) => from.Flag();
}
