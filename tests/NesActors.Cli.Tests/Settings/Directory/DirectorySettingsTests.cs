using NesActors.Cli.Settings.Directory;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;
using NesActors.Directory;
using NesActors.Directory.Limits;
using NesActors.Directory.Mail;

namespace NesActors.Cli.Tests.Settings.Directory;

public sealed class DirectorySettingsTests : IDisposable
{
    private readonly TestCli _cli = new();
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal) { ["NES_DIRECTORY_DATA"] = "/data" };

    [Fact]
    public void An_option_goes_before_the_environment_that_before_the_file_and_that_before_the_default()
    {
        var file = WriteFile("NES_DIRECTORY_LISTEN = http://127.0.0.1:1\nNES_DIRECTORY_CERT = /file.pem\nNES_DIRECTORY_LIMITS = off\n");
        _cli.Variables["NES_DIRECTORY_LISTEN"] = "http://127.0.0.1:2";
        _cli.Variables["NES_DIRECTORY_CERT"] = "/environment.pem";
        _options["NES_DIRECTORY_LISTEN"] = "http://127.0.0.1:3";
        var options = Read(file);
        Assert.Equal((3, "/environment.pem", null, ActivationMode.Log), (options.Listen.Port, options.TlsCertificateFile, options.Limits, options.Activation));
        Assert.Equal(new LimitOptions(), Read().Limits);
    }

    [Fact]
    public void Mail_is_what_activates_where_a_mail_server_is_named()
    {
        Mail();
        _cli.Variables["NES_DIRECTORY_MAIL_USER"] = "keys";
        _cli.Variables["NES_DIRECTORY_MAIL_PASSWORD"] = "s3cret";
        var options = Read();
        Assert.Equal(ActivationMode.Mail, options.Activation);
        Assert.Equal(("mail.example.org", SmtpSecurity.StartTls, "keys", "s3cret"), (options.Mail!.Host, options.Mail.Security, options.Mail.User, options.Mail.Password));
        Assert.DoesNotContain("s3cret", options.ToString() + options.Mail, StringComparison.Ordinal);
        _cli.Variables["NES_DIRECTORY_ACTIVATION"] = "log";
        Assert.Equal(ActivationMode.Log, Read().Activation);
    }

    [Fact]
    public void The_password_of_postgres_comes_from_a_file_of_its_own()
    {
        var secret = Path.Combine(_cli.Home, "password");
        File.WriteAllText(secret, "p;w=\"x\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(secret, UnixFileMode.UserRead);
        _cli.Variables["NES_DIRECTORY_DATABASE"] = "postgres";
        _cli.Variables["NES_DIRECTORY_POSTGRES"] = "Host=h;Database=d;Username=u";
        _cli.Variables["NES_DIRECTORY_POSTGRES_PASSWORD_FILE"] = secret;
        var parsed = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = Read().PostgresConnection };
        Assert.Equal(("h", "p;w=\"x\""), ((string)parsed["Host"], (string)parsed["Password"]));
    }

    [Theory]
    [InlineData("NES_DIRECTORY_LISTEN", "8080")]
    [InlineData("NES_DIRECTORY_PUBLIC_URL", "https://user:pw@x")]
    [InlineData("NES_DIRECTORY_ACTIVATION", "maybe")]
    [InlineData("NES_DIRECTORY_ACTIVATION", "mail")]
    [InlineData("NES_DIRECTORY_DATABASE", "oracle")]
    [InlineData("NES_DIRECTORY_DATABASE", "postgres")]
    [InlineData("NES_DIRECTORY_POSTGRES", "Host=h")]
    [InlineData("NES_DIRECTORY_MAIL_FROM", "keys@example.org")]
    [InlineData("NES_DIRECTORY_MAIL_HOST", "two words")]
    [InlineData("NES_DIRECTORY_LIMITS", "lookups=all")]
    [InlineData("NES_DIRECTORY_TRUSTED_PROXIES", "everybody")]
    [InlineData("NES_DIRECTORY_METRICS", "9464")]
    [InlineData("NES_DIRECTORY_LISTENN", "http://127.0.0.1:1")]
    public void A_value_or_name_that_makes_no_sense_is_an_error_that_names_it_and_its_source(string name, string value)
    {
        _cli.Variables[name] = value;
        var error = Assert.Throws<CliException>(() => Read());
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains("environment", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NES_DIRECTORY_MAIL_PORT", "0")]
    [InlineData("NES_DIRECTORY_MAIL_PORT", "70000")]
    [InlineData("NES_DIRECTORY_MAIL_SECURITY", "perhaps")]
    [InlineData("NES_DIRECTORY_MAIL_USER", "keys")]
    [InlineData("NES_DIRECTORY_MAIL_PASSWORD", "s3cret")]
    [InlineData("NES_DIRECTORY_MAIL_PASSWORD_FILE", "/nowhere")]
    public void Nonsense_about_mail_is_an_error_that_repeats_no_password(string name, string value)
    {
        Mail();
        _cli.Variables[name] = value;
        var error = Assert.Throws<CliException>(() => Read());
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_among_the_settings_of_postgres_is_refused_and_not_repeated()
    {
        _options["NES_DIRECTORY_DATABASE"] = "postgres";
        _options["NES_DIRECTORY_POSTGRES"] = "Host=h;Password=s3cret";
        var error = Assert.Throws<CliException>(() => Read());
        Assert.Contains("NES_DIRECTORY_POSTGRES_PASSWORD", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_key_in_the_file_is_an_error()
    {
        var error = Assert.Throws<CliException>(() => Read(WriteFile("NES_DIRECTORY_DATA = /d\nPUBKEY_ADDRESS = http://x\n")));
        Assert.Contains("PUBKEY_ADDRESS", error.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_file_with_a_password_that_everybody_may_read_is_refused()
    {
        var file = WriteFile("NES_DIRECTORY_MAIL_PASSWORD = s3cret\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("chmod o-r", Assert.Throws<CliException>(() => Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_no_option_for_a_password()
    {
        var help = await _cli.RunAsync("directory", "serve", "--help");
        Assert.DoesNotContain("--mail-password ", help.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("--postgres-password ", help.Out, StringComparison.Ordinal);
        Assert.All(DirectorySettingKeys.All.Where(key => !key.IsSecret), key => Assert.Contains($"[{key.Name}]", help.Out.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_data_folder_it_says_how_to_name_one() =>
        Assert.Contains("--data FOLDER", (await _cli.RunAsync("directory", "serve")).OneErrorLine, StringComparison.Ordinal);

    public void Dispose() => _cli.Dispose();

    private void Mail() => (_cli.Variables["NES_DIRECTORY_MAIL_HOST"], _cli.Variables["NES_DIRECTORY_MAIL_FROM"]) = ("mail.example.org", "keys@example.org");

    private DirectoryOptions Read(string? file = null)
    {
        var environment = _cli.EnvironmentWith(TextReader.Null, TextWriter.Null, TextWriter.Null);
        return new DirectorySettingsReader(DirectorySources.Read(_options, environment, file), environment).Read();
    }

    private string WriteFile(string text)
    {
        var file = Path.Combine(_cli.Home, "directory.conf");
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}
