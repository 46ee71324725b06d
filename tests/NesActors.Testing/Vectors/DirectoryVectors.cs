namespace NesActors.Testing.Vectors;

/// <summary>A whole answer of the original's key directory to <c>GET /users/{username}</c>, status 200.</summary>
public sealed record ValidAnswer(string Username, string Body)
{
    public override string ToString() => Username;
}

/// <summary>An answer that must not be believed.</summary>
public sealed record HostileAnswer(string Name, string Username, int Status, string Body, string Must, string Why)
{
    public override string ToString() => Name;
}

/// <summary>The answers, and the key that signed the valid ones.</summary>
public static class DirectoryVectors
{
    public static IReadOnlyList<ValidAnswer> Valid { get; } = VectorFiles.ReadList<ValidAnswer>("directory-valid.json");

    public static IReadOnlyList<HostileAnswer> Hostile { get; } = VectorFiles.ReadList<HostileAnswer>("directory-hostile.json");

    /// <summary>SPKI in PEM, RSA of 4,096 bits.</summary>
    public static string PublicKeyPem { get; } = VectorFiles.ReadKey("directory-rsa-sign.pub");
}
