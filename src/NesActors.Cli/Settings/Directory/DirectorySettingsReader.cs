using NesActors.Directory;
using NesActors.Directory.Limits;

namespace NesActors.Cli.Settings.Directory;

/// <summary>Looks at what the sources say of a key directory, and makes options of it or an error that names the setting and who said it.</summary>
internal sealed class DirectorySettingsReader(SettingSources sources, CliEnvironment environment)
{
    /// <summary>All of them.</summary>
    /// <exception cref="CliException">One makes no sense.</exception>
    public DirectoryOptions Read()
    {
        var mail = new MailSettings(Get, PathOf).Read();
        return new DirectoryOptions
        {
            Listen = Address(DirectorySettingKeys.Listen) ?? new Uri("http://127.0.0.1:8080"),
            DataFolder = DataFolder(),
            PostgresConnection = PostgresConnection(),
            Activation = Activation(mail is not null),
            PublicAddress = Address(DirectorySettingKeys.PublicUrl),
            TlsCertificateFile = PathOf(Get(DirectorySettingKeys.Certificate)),
            TlsKeyFile = PathOf(Get(DirectorySettingKeys.CertificateKey)),
            Mail = mail,
            Limits = Limits(),
            TrustedProxies = ProxyAddresses.Of(Get(DirectorySettingKeys.TrustedProxies)),
            Metrics = Address(DirectorySettingKeys.Metrics),
        };
    }

    /// <summary>Where keys and database lie.</summary>
    public string DataFolder() => PathOf(Get(DirectorySettingKeys.Data))
        ?? throw CliException.Usage($"no data folder is named: with --data FOLDER, or {DirectorySettingKeys.Data.Name}; see: nes directory serve --help");

    /// <summary>How to reach PostgreSQL, with its password; <see langword="null"/>: SQLite is used.</summary>
    public string? PostgresConnection() => new PostgresSettings(Get, PathOf).Read();

    /// <summary>Whether the log is for programs.</summary>
    public bool IsLogJson()
    {
        var value = Get(DirectorySettingKeys.LogFormat);
        return value.Text switch
        {
            "" or "text" => false,
            "json" => true,
            _ => throw value.Wrong("expected text or json"),
        };
    }

    private ActivationMode Activation(bool hasMail)
    {
        var value = Get(DirectorySettingKeys.Activation);
        return value.Text switch
        {
            "" => hasMail ? ActivationMode.Mail : ActivationMode.Log,
            "none" => ActivationMode.None,
            "log" => ActivationMode.Log,
            "mail" when hasMail => ActivationMode.Mail,
            "mail" => throw value.Wrong($"that needs a mail server: name it with --mail-host or {DirectorySettingKeys.MailHost.Name}"),
            _ => throw value.Wrong("expected none, log or mail"),
        };
    }

    private LimitOptions? Limits()
    {
        var value = Get(DirectorySettingKeys.Limits);
        try
        {
            return LimitOptions.Parse(value.IsSet ? value.Text : "on");
        }
        catch (FormatException e)
        {
            throw value.Wrong(e.Message);
        }
    }

    private Uri? Address(SettingKey key)
    {
        var value = Get(key);
        if (!value.IsSet) return null;
        return Uri.TryCreate(value.Text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
            ? address
            : throw value.Wrong("expected an address like http://127.0.0.1:8080");
    }

    private SettingValue Get(SettingKey key) => sources.Get(key);

    private string? PathOf(SettingValue value) =>
        !value.IsSet ? null : Path.GetFullPath(value.Text is ['~', '/', .. var rest] ? Path.Combine(environment.Home, rest) : value.Text);
}
