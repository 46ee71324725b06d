namespace NesActors.Directory.Registration;

/// <summary>What came of following a link.</summary>
internal enum LinkOutcome
{
    /// <summary>The link is nobody's, or did its work before.</summary>
    Unknown,

    /// <summary>The user is active now.</summary>
    Activated,

    /// <summary>The user is deleted now.</summary>
    Deleted,

    /// <summary>The time to activate is over.</summary>
    Expired,
}
