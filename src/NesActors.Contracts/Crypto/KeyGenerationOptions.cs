namespace NesActors.Contracts.Crypto;

/// <summary>How to make keys.</summary>
/// <param name="SizeInBits">Size of the keys where the suite has sizes (RSA); <see langword="null"/> is the suite's default.</param>
/// <param name="Progress">Is told, in a few words, of each key before it is made.</param>
public sealed record KeyGenerationOptions(int? SizeInBits = null, IProgress<string>? Progress = null);
