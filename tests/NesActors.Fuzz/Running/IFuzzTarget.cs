namespace NesActors.Fuzz.Running;

/// <summary>Something that takes hostile input, and what must hold whatever the input is. Used by several threads at once.</summary>
internal interface IFuzzTarget
{
    string Name { get; }

    /// <summary>Makes an input.</summary>
    byte[] Make(Random random);

    /// <summary>Gives an input to what is tested.</summary>
    /// <returns>What came of it, in a word, to be counted.</returns>
    /// <exception cref="PropertyException">Something that must hold does not. Any other exception is as bad.</exception>
    string Check(byte[] input);
}

/// <summary>A target whose inputs can be sent over a wire as well.</summary>
internal interface IFrameTarget : IFuzzTarget
{
    /// <summary>The frame that carries an input.</summary>
    byte[] ToFrame(byte[] input);
}

/// <summary>Something that must hold does not.</summary>
internal sealed class PropertyException(string message) : Exception(message);
