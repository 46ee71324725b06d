namespace NesActors.Directory.Mail;

/// <summary>How mail leaves: by which server, in whose name.</summary>
public sealed record MailOptions
{
    /// <summary>The server's host.</summary>
    public required string Host { get; init; }

    /// <summary>Its port; 0: the usual one, 587 with STARTTLS or without protection, 465 with TLS.</summary>
    public int Port { get; init; }

    /// <summary>How the connection is protected.</summary>
    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    /// <summary>The sender: <c>keys@example.org</c>, or <c>Example's keys &lt;keys@example.org&gt;</c>.</summary>
    public required string From { get; init; }

    /// <summary>Whom to log in as; <see langword="null"/>: without logging in.</summary>
    public string? User { get; init; }

    /// <summary>The password of <see cref="User"/>.</summary>
    public string? Password { get; init; }

    /// <summary>PEM file of the only authorities to trust for the server's certificate; <see langword="null"/>: the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Folder with texts in place of those built in; <see langword="null"/>: none.</summary>
    public string? TemplateFolder { get; init; }

    /// <summary>How long one step of the conversation with the server may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The server, without what logs in at it.</summary>
    public override string ToString() => $"SMTP, {Host}:{RealPort}, {Security}";

    internal int RealPort => Port != 0 ? Port : Security == SmtpSecurity.Tls ? 465 : 587;
}

/// <summary>How a connection to a mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>It begins in the clear and must change to TLS before anything is said (RFC 3207). A server that cannot gets no mail.</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314).</summary>
    Tls,

    /// <summary>Nothing. Links and a password can be read on the way: for a server on the same machine.</summary>
    None,
}
