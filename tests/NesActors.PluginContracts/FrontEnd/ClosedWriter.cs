using System.Text;

namespace NesActors.PluginContracts.FrontEnd;

/// <summary>An output whose reader has gone: a broken pipe.</summary>
public sealed class ClosedWriter : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override void Write(char value) => throw new IOException("Broken pipe");

    /// <inheritdoc/>
    public override void Flush() => throw new IOException("Broken pipe");
}
