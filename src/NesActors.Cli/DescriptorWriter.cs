using System.Runtime.InteropServices;
using System.Text;

namespace NesActors.Cli;

/// <summary>Writes to a stream of the process by the system's own call (write(2)): the console takes longer to set up than a command takes that is handed over.</summary>
/// <param name="descriptor">1 or 2.</param>
internal sealed partial class DescriptorWriter(int descriptor) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(value ?? "");
        while (bytes.Length > 0 && Write(descriptor, bytes, bytes.Length) is var written and > 0) bytes = bytes[(int)written..];
        if (bytes.Length > 0) WriteOtherwise(bytes);
    }

    /// <summary>Whatever is in the way, the framework knows how to wait for it, or to tell it.</summary>
    private void WriteOtherwise(ReadOnlySpan<byte> bytes)
    {
        using var stream = descriptor == 1 ? Console.OpenStandardOutput() : Console.OpenStandardError();
        stream.Write(bytes);
    }

    [LibraryImport("libc", EntryPoint = "write")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nint length);
}
