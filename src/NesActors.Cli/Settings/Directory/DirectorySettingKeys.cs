namespace NesActors.Cli.Settings.Directory;

/// <summary>All settings of a key directory: options of <c>nes directory serve</c>, variables, lines of its configuration file.</summary>
internal static class DirectorySettingKeys
{
    /// <summary>What the names of all begin with: a variable that does and is none of them is an error.</summary>
    public const string Prefix = "NES_DIRECTORY_";

    public static readonly SettingKey Data = new("NES_DIRECTORY_DATA", "Where keys and database lie; made where it is not there")
    { Option = "--data", ValueName = "FOLDER" };

    public static readonly SettingKey Listen = new("NES_DIRECTORY_LISTEN", "Where to listen: http:// or https://, an address of this machine, a port (0: any free one); default http://127.0.0.1:8080")
    { Option = "--listen", ValueName = "URL" };

    public static readonly SettingKey PublicUrl = new("NES_DIRECTORY_PUBLIC_URL", "What links begin with, where a proxy stands in front") { Option = "--public-url", ValueName = "URL" };

    public static readonly SettingKey Certificate = new("NES_DIRECTORY_CERT", "Certificate of an https address (PEM)") { Option = "--cert" };

    public static readonly SettingKey CertificateKey = new("NES_DIRECTORY_CERT_KEY", "Its private key (PEM), where it is not in the same file") { Option = "--cert-key" };

    public static readonly SettingKey Activation = new(
        "NES_DIRECTORY_ACTIVATION",
        "What a registration waits for: mail, its link by mail; log, its link in the log; none, nothing (for experiments: anybody can take any name); default mail where --mail-host is set, else log")
    { Option = "--activation", ValueName = "none|log|mail" };

    public static readonly SettingKey Database = new("NES_DIRECTORY_DATABASE", "sqlite, a file in the data folder, or postgres; default sqlite") { Option = "--database", ValueName = "sqlite|postgres" };

    public static readonly SettingKey Postgres = new("NES_DIRECTORY_POSTGRES", "Where PostgreSQL is: 'Host=…;Port=…;Database=…;Username=…', without a password")
    { Option = "--postgres", ValueName = "SETTINGS" };

    public static readonly SettingKey PostgresPassword = new("NES_DIRECTORY_POSTGRES_PASSWORD", "Password at PostgreSQL") { IsSecret = true };

    public static readonly SettingKey PostgresPasswordFile = new("NES_DIRECTORY_POSTGRES_PASSWORD_FILE", "File that holds the password at PostgreSQL") { Option = "--postgres-password-file" };

    public static readonly SettingKey MailHost = new("NES_DIRECTORY_MAIL_HOST", "Mail server (SMTP) by which mail to owners leaves") { Option = "--mail-host", ValueName = "HOST" };

    public static readonly SettingKey MailPort = new("NES_DIRECTORY_MAIL_PORT", "Its port; default 587, with tls 465") { Option = "--mail-port", ValueName = "PORT" };

    public static readonly SettingKey MailSecurity = new("NES_DIRECTORY_MAIL_SECURITY", "How the connection to it is protected: starttls, tls, or none (everybody on the way can read); default starttls")
    { Option = "--mail-security", ValueName = "starttls|tls|none" };

    public static readonly SettingKey MailFrom = new("NES_DIRECTORY_MAIL_FROM", "Sender of the mails: keys@example.org, or 'Name <keys@example.org>'") { Option = "--mail-from", ValueName = "ADDR" };

    public static readonly SettingKey MailUser = new("NES_DIRECTORY_MAIL_USER", "Whom to log in as at the mail server; default: without logging in") { Option = "--mail-user", ValueName = "NAME" };

    public static readonly SettingKey MailPassword = new("NES_DIRECTORY_MAIL_PASSWORD", "Password at the mail server") { IsSecret = true };

    public static readonly SettingKey MailPasswordFile = new("NES_DIRECTORY_MAIL_PASSWORD_FILE", "File that holds the password at the mail server") { Option = "--mail-password-file" };

    public static readonly SettingKey MailCa = new("NES_DIRECTORY_MAIL_CA_FILE", "The only authorities to trust for the mail server's certificate (PEM); default: the system's") { Option = "--mail-ca" };

    public static readonly SettingKey MailTemplates = new("NES_DIRECTORY_MAIL_TEMPLATES", "Folder with texts of mails in place of those built in") { Option = "--mail-templates", ValueName = "FOLDER" };

    public static readonly SettingKey Limits = new("NES_DIRECTORY_LIMITS", "How often a client may ask: on, off (for labs), or what differs: lookups=50/s:200,registrations=20/d (see docs/operating.md); default on")
    { Option = "--limits", ValueName = "LIMITS" };

    public static readonly SettingKey TrustedProxies = new("NES_DIRECTORY_TRUSTED_PROXIES", "Proxies in front whose X-Forwarded-For and -Proto are believed: addresses or networks (10.0.0.0/8), separated by commas; default none")
    { Option = "--trusted-proxy", ValueName = "ADDRS" };

    public static readonly SettingKey Metrics = new("NES_DIRECTORY_METRICS", "Where Prometheus finds metrics: http://, an address of this machine, a port; default nowhere") { Option = "--metrics", ValueName = "URL" };

    public static readonly SettingKey LogFormat = new("NES_DIRECTORY_LOG_FORMAT", "Log on standard error as text, or as json, one object a line; default text") { Option = "--log-format", ValueName = "text|json" };

    /// <summary>What every command needs that works on a directory's data.</summary>
    public static IReadOnlyList<SettingKey> OfData { get; } = [Data, Database, Postgres, PostgresPassword, PostgresPasswordFile];

    public static IReadOnlyList<SettingKey> All { get; } =
    [
        .. OfData, Listen, PublicUrl, Certificate, CertificateKey, Activation, MailHost, MailPort, MailSecurity, MailFrom, MailUser, MailPassword, MailPasswordFile, MailCa,
        MailTemplates, Limits, TrustedProxies, Metrics, LogFormat,
    ];
}
