using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;

namespace NesActors.Transport.Mqtt;

/// <summary>
/// Decides whether the broker has proved who it is, by the system's authorities or by given ones alone, and remembers why it has not.
/// Revocation is not asked for, as the system's own HTTPS client does not by default: no broker could be reached where its list is not.
/// </summary>
internal sealed class ServerCertificateCheck(X509Certificate2Collection? authorities)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Why the last certificate was refused, in a few words; <see langword="null"/> where none was.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Whether a certificate was shown and is good.</summary>
    public bool HasAccepted { get; private set; }

    public bool Accept(MqttClientCertificateValidationEventArgs offered)
    {
        Refusal = FindRefusal(offered);
        return HasAccepted = Refusal is null;
    }

    private string? FindRefusal(MqttClientCertificateValidationEventArgs offered)
    {
        if (offered.SslPolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) || offered.Certificate is null) return "it shows no certificate";
        // Names are checked by the platform alone; only the authorities may be ours.
        if (offered.SslPolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return "its certificate is for another host";
        if (authorities is not null) return FindRefusal(offered.Certificate, offered.Chain, authorities);
        return offered.SslPolicyErrors == SslPolicyErrors.None ? null : Describe(offered.Chain.ChainStatus);
    }

    private static string? FindRefusal(X509Certificate certificate, X509Chain? sent, X509Certificate2Collection authorities)
    {
        using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (sent is not null) chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        return chain.Build(leaf) ? null : Describe(chain.ChainStatus);
    }

    private static string Describe(X509ChainStatus[] status)
    {
        var flags = status.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        if (flags.HasFlag(X509ChainStatusFlags.NotTimeValid)) return "its certificate has expired or is not yet valid";
        if ((flags & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != 0) return "its certificate is from an unknown authority";
        return $"its certificate is not acceptable ({flags})";
    }
}
