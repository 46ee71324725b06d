namespace NesActors.Contracts.Transport;

/// <summary>Where a transport connects to and how.</summary>
/// <param name="Address">The address, without user and password. Its scheme chose the plugin.</param>
public sealed record TransportOptions(Uri Address)
{
    /// <summary>User and password, where the other side asks for them.</summary>
    public TransportCredentials? Credentials { get; init; }

    /// <summary>
    /// The name of this connection at the carrier. Who knows it can take the connection over on many carriers, so it holds 128 random bits;
    /// <see langword="null"/> lets the transport make one for this connection alone.
    /// </summary>
    public string? ClientId { get; init; }

    /// <summary>How long the carrier shall keep what arrives while nobody is connected; zero: not at all. Needs a fixed <see cref="ClientId"/>.</summary>
    public TimeSpan SessionExpiry { get; init; }

    /// <summary>Certificates, where the address asks for TLS.</summary>
    public TransportTls Tls { get; init; } = new();

    /// <summary>How long a connection attempt may take, TLS and the protocol's own greeting included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the line may be silent before the other side is asked whether it is still there.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Settings that only this kind of transport knows, <c>protocol</c> = <c>5</c> for MQTT for instance. Unknown names are an error of <see cref="TransportFailure.Misconfigured"/>.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();

    /// <summary>The address, which has no secrets in it.</summary>
    public override string ToString() => Address.ToString();
}

/// <summary>A user and a password.</summary>
/// <param name="User">The user.</param>
/// <param name="Password">The password; empty where there is none.</param>
public sealed record TransportCredentials(string User, string Password)
{
    /// <summary>The user alone.</summary>
    public override string ToString() => User;
}

/// <summary>Files in PEM for a TLS connection.</summary>
/// <param name="CaFile">The only authorities to be trusted; <see langword="null"/>: the system's.</param>
/// <param name="CertificateFile">The client's certificate; <see langword="null"/>: none.</param>
/// <param name="KeyFile">The client certificate's private key; <see langword="null"/>: it is in <paramref name="CertificateFile"/>.</param>
public sealed record TransportTls(string? CaFile = null, string? CertificateFile = null, string? KeyFile = null);
