namespace NesActors.Contracts.Crypto;

/// <summary>What a user says of the suites that they use, signed by the keys that it is about.</summary>
/// <param name="Revision">Grows with each statement of the user: an older one is not to take the place of a newer one.</param>
/// <param name="Suites">The <see cref="ICryptoSuite.Id"/>s. The suite that read the statement may be missing: its keys still verify, and nothing can be sealed to them.</param>
public sealed record SuiteStatement(long Revision, IReadOnlyList<string> Suites);
