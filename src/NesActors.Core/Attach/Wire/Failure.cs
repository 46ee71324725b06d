namespace NesActors.Core.Attach.Wire;

/// <summary>Why there is no answer.</summary>
internal sealed record Failure(FailureKind Kind, string Message)
{
    public static void Write(BinaryWriter to, Failure failure)
    {
        to.PutCode((int)failure.Kind);
        to.Write(failure.Message);
    }

    public static Failure Read(BinaryReader from) => new((FailureKind)from.Code((int)FailureKind.Fault), from.ReadString());
}

/// <summary>Which exception it is at the other end.</summary>
internal enum FailureKind
{
    /// <summary>The session has ended.</summary>
    Ended,

    /// <summary>The program is of another version.</summary>
    Version,

    /// <summary>No such message.</summary>
    NotFound,

    /// <summary>An argument is wrong, or the request as a whole.</summary>
    Argument,

    /// <summary>The state cannot be used.</summary>
    State,

    /// <summary>A fault in the program.</summary>
    Fault,
}
