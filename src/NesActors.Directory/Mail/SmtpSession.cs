using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace NesActors.Directory.Mail;

/// <summary>What became of one attempt.</summary>
internal enum MailOutcome
{
    /// <summary>The server has it.</summary>
    Sent,

    /// <summary>The server will never take it for this recipient.</summary>
    Rejected,

    /// <summary>The server did not take this mail now.</summary>
    Refused,

    /// <summary>The server takes no mail at all now: it is not reached, not trusted, or lets us not in.</summary>
    ServerFailed,
}

/// <summary>An outcome, and in one word why.</summary>
internal sealed record MailResult(MailOutcome Outcome, string Reason)
{
    public static readonly MailResult Sent = new(MailOutcome.Sent, "");
}

/// <summary>One connection to the mail server, made at the first mail. Texts of the server go nowhere: they may repeat an address.</summary>
internal sealed class SmtpSession(MailOptions options, X509Certificate2Collection? authorities) : IDisposable
{
    private readonly SmtpClient _client = new();

    public async Task<MailResult> SendAsync(MimeMessage message, CancellationToken cancellation)
    {
        try
        {
            await ConnectAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (ReasonOf(e) is { } reason)
        {
            return new MailResult(MailOutcome.ServerFailed, reason);
        }
        try
        {
            await _client.SendAsync(message, cancellation).ConfigureAwait(false);
            return MailResult.Sent;
        }
        catch (SmtpCommandException e) when (e.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)e.StatusCode >= 500)
        {
            return new MailResult(MailOutcome.Rejected, "recipient");
        }
        catch (Exception e) when (ReasonOf(e) is { } reason)
        {
            // Perhaps of this mail alone: the next one tries a connection of its own.
            return new MailResult(MailOutcome.Refused, reason);
        }
    }

    /// <summary>Says goodbye to the server where it still listens.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        try
        {
            if (_client.IsConnected) await _client.DisconnectAsync(quit: true, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or ProtocolException or CommandException)
        {
            // It has gone already.
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        if (_client.IsConnected) return;
        _client.Timeout = (int)options.Timeout.TotalMilliseconds;
        _client.CheckCertificateRevocation = false;
        if (authorities is not null) _client.ServerCertificateValidationCallback = IsTrusted;
        var security = options.Security switch
        {
            SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
            SmtpSecurity.None => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        };
        await _client.ConnectAsync(options.Host, options.RealPort, security, cancellation).ConfigureAwait(false);
        if (options.User is { } user) await _client.AuthenticateAsync(user, options.Password ?? "", cancellation).ConfigureAwait(false);
    }

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 server || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0) return false;
        using var check = new X509Chain();
        check.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        check.ChainPolicy.CustomTrustStore.AddRange(authorities!);
        check.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (chain is not null) check.ChainPolicy.ExtraStore.AddRange(chain.ChainElements.Select(element => element.Certificate).ToArray());
        return check.Build(server);
    }

    private static string? ReasonOf(Exception error) => error switch
    {
        AuthenticationException or ServiceNotAuthenticatedException => "authentication",
        SslHandshakeException or CryptographicException => "certificate",
        // The server has neither STARTTLS nor a way to log in.
        NotSupportedException => "not-supported",
        SocketException or IOException => "unreachable",
        OperationCanceledException or TimeoutException => "timeout",
        SmtpCommandException { ErrorCode: SmtpErrorCode.SenderNotAccepted } => "sender",
        CommandException => "refused",
        ProtocolException or ServiceNotConnectedException => "protocol",
        _ => null,
    };
}
