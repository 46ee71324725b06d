using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NesActors.Contracts.Transport;

namespace NesActors.Transport.Mqtt;

/// <summary>The certificates that the settings name, read from their files.</summary>
/// <param name="Authorities">The only ones to be trusted; <see langword="null"/>: the system's.</param>
/// <param name="Client">Our own, with its private key; <see langword="null"/>: none.</param>
internal sealed record TlsFiles(X509Certificate2Collection? Authorities, X509Certificate2? Client) : IDisposable
{
    /// <summary>Reads the files.</summary>
    /// <exception cref="TransportException">One is missing or is not what it should be.</exception>
    public static TlsFiles Read(TransportTls tls)
    {
        if (tls is { KeyFile: not null, CertificateFile: null }) throw Wrong("A private key for TLS is given without its certificate.");
        return new TlsFiles(
            tls.CaFile is null ? null : ReadAuthorities(tls.CaFile),
            tls.CertificateFile is null ? null : ReadClient(tls.CertificateFile, tls.KeyFile ?? tls.CertificateFile));
    }

    public void Dispose()
    {
        foreach (var authority in Authorities ?? []) authority.Dispose();
        Client?.Dispose();
    }

    private static X509Certificate2Collection ReadAuthorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        ReadFile("certificate of the authority", file, () => authorities.ImportFromPemFile(file));
        if (authorities.Count == 0) throw Wrong($"The file {file} holds no certificate in PEM; name the authority's.");
        return authorities;
    }

    private static X509Certificate2 ReadClient(string certificateFile, string keyFile)
    {
        X509Certificate2? certificate = null;
        ReadFile("client certificate and its key", keyFile, () =>
        {
            if (File.ReadAllText(keyFile).Contains("BEGIN ENCRYPTED PRIVATE KEY", StringComparison.Ordinal))
            {
                throw Wrong($"The private key in {keyFile} is protected by a passphrase; store it without one, readable by you alone.");
            }
            certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        });
        return certificate!;
    }

    private static void ReadFile(string what, string file, Action read)
    {
        try
        {
            read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Wrong($"The {what} cannot be read: {error.Message}", error);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw Wrong($"The {what} in {file} are not well-formed PEM, or do not belong together.", error);
        }
    }

    private static TransportException Wrong(string message, Exception? inner = null) => new(TransportFailure.Misconfigured, message, inner);
}
