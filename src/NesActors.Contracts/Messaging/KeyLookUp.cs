namespace NesActors.Contracts;

/// <summary>What came of asking for a contact's keys.</summary>
/// <param name="Contact">What is known of the contact now.</param>
/// <param name="Failure">Why there are no keys, or none to be trusted; <see cref="SendFailure.None"/>: the directory has shown some.</param>
/// <param name="Detail">More about that in a few words for a person; may be missing.</param>
public sealed record KeyLookUp(Contact Contact, SendFailure Failure, string? Detail);
