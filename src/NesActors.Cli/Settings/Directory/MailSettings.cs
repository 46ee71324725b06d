using System.Globalization;
using NesActors.Directory.Mail;

namespace NesActors.Cli.Settings.Directory;

/// <summary>How a directory's mail leaves.</summary>
/// <param name="get">What a setting says.</param>
/// <param name="pathOf">A setting as the path of a file or folder.</param>
internal sealed class MailSettings(Func<SettingKey, SettingValue> get, Func<SettingValue, string?> pathOf)
{
    private static readonly SettingKey[] Others =
    [
        DirectorySettingKeys.MailPort, DirectorySettingKeys.MailSecurity, DirectorySettingKeys.MailFrom, DirectorySettingKeys.MailUser, DirectorySettingKeys.MailPassword,
        DirectorySettingKeys.MailPasswordFile, DirectorySettingKeys.MailCa, DirectorySettingKeys.MailTemplates,
    ];

    /// <returns>Null where no mail server is named.</returns>
    public MailOptions? Read()
    {
        var host = get(DirectorySettingKeys.MailHost);
        if (!host.IsSet)
        {
            return Others.Select(get).FirstOrDefault(value => value.IsSet) is { } alone
                ? throw alone.Wrong($"it says nothing without a mail server: name that with --mail-host or {DirectorySettingKeys.MailHost.Name}")
                : null;
        }
        if (Uri.CheckHostName(host.Text) == UriHostNameType.Unknown) throw host.Wrong("expected the name or address of a host, for instance mail.example.org");
        return new MailOptions
        {
            Host = host.Text,
            Port = Port(),
            Security = Security(),
            From = get(DirectorySettingKeys.MailFrom) is { IsSet: true } from ? from.Text : throw host.Wrong($"the sender is missing: name it with --mail-from or {DirectorySettingKeys.MailFrom.Name}"),
            User = User(),
            Password = Secrets.Read(get(DirectorySettingKeys.MailPassword), get(DirectorySettingKeys.MailPasswordFile), pathOf),
            CaFile = pathOf(get(DirectorySettingKeys.MailCa)),
            TemplateFolder = pathOf(get(DirectorySettingKeys.MailTemplates)),
        };
    }

    private int Port()
    {
        var value = get(DirectorySettingKeys.MailPort);
        if (!value.IsSet) return 0;
        return ushort.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? port : throw value.Wrong("expected a port, 1 to 65535");
    }

    private SmtpSecurity Security()
    {
        var value = get(DirectorySettingKeys.MailSecurity);
        return value.Text switch
        {
            "" or "starttls" => SmtpSecurity.StartTls,
            "tls" => SmtpSecurity.Tls,
            "none" => SmtpSecurity.None,
            _ => throw value.Wrong("expected starttls, tls or none"),
        };
    }

    private string? User()
    {
        var (user, password, file) = (get(DirectorySettingKeys.MailUser), get(DirectorySettingKeys.MailPassword), get(DirectorySettingKeys.MailPasswordFile));
        if (user.IsSet) return password.IsSet || file.IsSet ? user.Text : throw user.Wrong($"its password is missing: set {password.Key.Name} or {file.Key.Name}");
        return password.IsSet || file.IsSet
            ? throw (password.IsSet ? password : file).Wrong($"whose password that is is missing: set --mail-user or {user.Key.Name}")
            : null;
    }
}
