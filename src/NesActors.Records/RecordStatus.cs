namespace NesActors.Records;

/// <summary>What a record says of its name.</summary>
public enum RecordStatus
{
    /// <summary>The keys are the user's.</summary>
    Active,

    /// <summary>The user's keys may not be used any more, and there are no others yet.</summary>
    Revoked,

    /// <summary>The user left. The name is nobody's for ever.</summary>
    Deleted,
}

/// <summary>How a record came to be.</summary>
public enum RecordOrigin
{
    /// <summary>The name was activated.</summary>
    Registration,

    /// <summary>The owner of the keys before signed for these.</summary>
    Change,

    /// <summary>By e-mail, after the time in which the keys before could have stopped it.</summary>
    Recovery,

    /// <summary>The owner revoked the keys.</summary>
    Revocation,

    /// <summary>The owner deleted the name.</summary>
    Deletion,
}
