using System.IO.Pipes;
using System.Text;

namespace NesActors.PluginContracts.FrontEnd;

/// <summary>An input through a real pipe: it has no end until the test says so.</summary>
public sealed class TypedInput : IDisposable
{
    private readonly AnonymousPipeServerStream _writing = new(PipeDirection.Out);
    private readonly StreamReader _reader;

    /// <summary>Makes an input in which nothing was typed.</summary>
    public TypedInput() => _reader = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, _writing.ClientSafePipeHandle));

    /// <summary>The end that the front-end reads.</summary>
    public TextReader Reader => _reader;

    /// <summary>Types a text; a line ends with a line break.</summary>
    public async Task TypeAsync(string text) => await _writing.WriteAsync(Encoding.UTF8.GetBytes(text)).ConfigureAwait(false);

    /// <summary>Ends the input.</summary>
    public void End() => _writing.Dispose();

    /// <summary>Ends the input. The reader is left to whoever may still read from it.</summary>
    public void Dispose() => End();
}
