namespace NesActors.FrontEnd.Rest.Api;

/// <summary>What was asked for cannot be done; the message is the detail of the answer.</summary>
internal sealed class ProblemException(ProblemCode code, string detail) : Exception(detail)
{
    /// <summary>What went wrong.</summary>
    public ProblemCode Code { get; } = code;

    /// <summary>After what time the same may go well, for the header <c>Retry-After</c>; <see langword="null"/>: nobody can tell.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A value of the request makes no sense.</summary>
    public static ProblemException Invalid(string detail) => new(ProblemCode.InvalidValue, detail);
}
