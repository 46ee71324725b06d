using System.Net;
using System.Text.Json;
using Dapper;
using NesActors.Directory.Mail;
using NesActors.Directory.Tests.Support;
using NesActors.Testing;

namespace NesActors.Directory.Tests.Operating;

/// <summary>Mail through a real mail server.</summary>
public sealed class MailTests : IAsyncLifetime
{
    private readonly TestCertificates _certificates = TestCertificates.Create("127.0.0.1");
    private EximServer _exim = null!;

    public Task InitializeAsync()
    {
        _exim = new EximServer(_certificates);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _exim.DisposeAsync();
        _certificates.Dispose();
    }

    [RealPartFact(EximServer.Program)]
    public async Task A_registration_sends_both_links_and_they_work()
    {
        await _exim.StartAsync();
        await using var directory = await StartAsync();
        await directory.RegisterAsync("amy", email: "amy@example.org").ShouldBeAsync(HttpStatusCode.Created, "user created");
        await SentAsync(directory);

        var mail = Assert.Single(_exim.Mails());
        Assert.Equal(["amy@example.org"], mail.Recipients);
        Assert.Contains("From: Keys <keys@example.org>\n", mail.Headers);
        Assert.Contains("To: amy@example.org\n", mail.Headers);
        Assert.Contains("Auto-Submitted: auto-generated\n", mail.Headers);
        Assert.Contains($"Subject: Activate amy at {directory.Server.BaseAddress.AbsoluteUri.TrimEnd('/')}\n", mail.Headers);
        Assert.Single(mail.Headers, header => header.StartsWith("Message-Id: <", StringComparison.OrdinalIgnoreCase) && header.EndsWith("@example.org>\n", StringComparison.Ordinal));
        Assert.Single(mail.Headers, header => header.StartsWith("Date: ", StringComparison.Ordinal));

        var links = mail.Links();
        await directory.Http.PostAsync(links[0], null).ShouldBeAsync(HttpStatusCode.OK, "user activated");
        await directory.Http.PostAsync(links[1], null).ShouldBeAsync(HttpStatusCode.OK, "user deleted");
        Assert.DoesNotContain(directory.Log.All, line => line.Contains("amy@example", StringComparison.Ordinal) || line.Contains(links[0].Segments[^1], StringComparison.Ordinal));
    }

    [RealPartFact(EximServer.Program)]
    public async Task What_waits_is_sealed_and_is_erased_once_sent()
    {
        await using var directory = await StartAsync();
        await directory.RegisterAsync("amy", email: "amy@example.org").ShouldBeAsync(HttpStatusCode.Created, "user created");
        await LoggedAsync(directory, "could not leave: unreachable");
        using (var database = directory.OpenDatabase())
        {
            var (kind, content) = Assert.Single(database.Query<(string, byte[])>("SELECT kind, sealed FROM mails"));
            Assert.Equal("registration", kind);
            Assert.DoesNotContain("example", System.Text.Encoding.Latin1.GetString(content), StringComparison.Ordinal);
        }
        await _exim.StartAsync();
        await SentAsync(directory);
        using (var database = directory.OpenDatabase()) Assert.Empty(database.Query<long>("SELECT id FROM mails"));
    }

    [RealPartFact(EximServer.Program)]
    public async Task A_mail_waits_for_the_mail_server_also_over_a_restart_of_the_directory()
    {
        await using var directory = await StartAsync();
        await directory.RegisterAsync("amy", email: "amy@example.org").ShouldBeAsync(HttpStatusCode.Created, "user created");
        await LoggedAsync(directory, "could not leave: unreachable");
        await directory.RestartAsync();
        await _exim.StartAsync();
        await SentAsync(directory);
        Assert.Single(_exim.Mails());
    }

    [RealPartFact(EximServer.Program)]
    public async Task A_wrong_password_sends_nothing_and_is_told()
    {
        await _exim.StartAsync();
        await using var directory = await StartAsync(mail => mail with { Password = "wrong" });
        await directory.RegisterAsync("amy", email: "amy@example.org").ShouldBeAsync(HttpStatusCode.Created, "user created");
        await LoggedAsync(directory, "could not leave: authentication");
        Assert.Empty(_exim.Mails());
        Assert.Equal(("degraded", "authentication"), await ReadinessAsync(directory));
    }

    [RealPartFact(EximServer.Program)]
    public async Task An_untrusted_certificate_sends_nothing_and_is_told()
    {
        await _exim.StartAsync();
        using var others = TestCertificates.Create("127.0.0.1");
        await using var directory = await StartAsync(mail => mail with { CaFile = others.CaFile });
        await directory.RegisterAsync("amy", email: "amy@example.org").ShouldBeAsync(HttpStatusCode.Created, "user created");
        await LoggedAsync(directory, "could not leave: certificate");
        Assert.Empty(_exim.Mails());
        Assert.Equal(("degraded", "certificate"), await ReadinessAsync(directory));
    }

    [RealPartFact(EximServer.Program)]
    public async Task A_certificate_of_another_host_sends_nothing()
    {
        using var others = TestCertificates.Create("mail.example.org");
        await using var exim = new EximServer(others);
        await exim.StartAsync();
        await using var directory = await StartAsync(mail => mail with { Port = exim.Port, CaFile = others.CaFile });
        await directory.RegisterAsync("amy", email: "amy@example.org").ShouldBeAsync(HttpStatusCode.Created, "user created");
        await LoggedAsync(directory, "could not leave: certificate");
        Assert.Empty(exim.Mails());
    }

    [RealPartFact(EximServer.Program)]
    public async Task Tls_from_the_first_byte_works_too()
    {
        await using var exim = new EximServer(_certificates, EximSecurity.Tls);
        await exim.StartAsync();
        await using var directory = await StartAsync(mail => mail with { Port = exim.Port, Security = SmtpSecurity.Tls });
        await directory.RegisterAsync("amy", email: "amy@example.org").ShouldBeAsync(HttpStatusCode.Created, "user created");
        await SentAsync(directory);
        Assert.Single(exim.Mails());
    }

    [RealPartFact(EximServer.Program)]
    public async Task A_server_without_tls_gets_mail_in_the_clear_where_that_is_asked_for()
    {
        await using var exim = new EximServer(_certificates, EximSecurity.None);
        await exim.StartAsync();
        await using var directory = await StartAsync(mail => mail with { Port = exim.Port, Security = SmtpSecurity.None, User = null, Password = null, CaFile = null });
        await directory.RegisterAsync("amy", email: "amy@example.org").ShouldBeAsync(HttpStatusCode.Created, "user created");
        await SentAsync(directory);
        Assert.Equal(["amy@example.org"], Assert.Single(exim.Mails()).Recipients);
    }

    [RealPartFact(EximServer.Program)]
    public async Task A_recovery_goes_its_whole_way_by_mail()
    {
        await _exim.StartAsync();
        await using var directory = await StartAsync();
        await directory.RegisterAsync("amy", email: "amy@example.org").ShouldBeAsync(HttpStatusCode.Created, "user created");
        await SentAsync(directory);
        await directory.Http.PostAsync(Assert.Single(_exim.Mails()).Links()[0], null).ShouldBeAsync(HttpStatusCode.OK, "user activated");
        var ben = directory.Owner("ben");

        var (_, cancellation) = await RequestRecoveryAsync(directory, ben);
        await directory.Http.PostAsync(cancellation, null).ShouldBeAsync(HttpStatusCode.OK, "recovery cancelled");
        await directory.GetAsync("users/amy/recovery").ShouldBeAsync(HttpStatusCode.NotFound, "no recovery");

        var (confirmation, _) = await RequestRecoveryAsync(directory, ben);
        await directory.Http.PostAsync(confirmation, null).ShouldBeAsync(HttpStatusCode.OK, "recovery confirmed");
        directory.Clock.Advance(TimeSpan.FromHours(72));
        await directory.Log.NextAsync("amy has record 2: Recovery.");
        Assert.Equal(ben.SignKey, (await directory.RecordAsync("amy")).SignKey);
        Assert.DoesNotContain(directory.Log.All, line => line.Contains("amy@example", StringComparison.Ordinal) || line.Contains(confirmation.Segments[^1], StringComparison.Ordinal));
    }

    [RealPartFact(EximServer.Program)]
    public async Task Mails_that_cannot_be_sent_hold_up_no_other()
    {
        await using var directory = await StartAsync();
        using (var database = directory.OpenDatabase())
        {
            database.Execute(
                "INSERT INTO mails (kind, name, sealed, created_at, next_attempt_at) VALUES ('registration', 'x', x'00', @now, 0), ('nonsense', 'x', zeroblob(99), @now, 0)",
                new { now = directory.Clock.GetUtcNow().ToUnixTimeMilliseconds() });
        }
        await _exim.StartAsync();
        await directory.RegisterAsync("nobody", email: "unknown@example.org").ShouldBeAsync(HttpStatusCode.Created, "user created");
        await directory.RegisterAsync("amy", email: "amy@example.org").ShouldBeAsync(HttpStatusCode.Created, "user created");
        await SentAsync(directory);
        Assert.Equal("amy@example.org", Assert.Single(Assert.Single(_exim.Mails()).Recipients));
        Assert.Contains(directory.Log.All, line => line.Contains("could not leave: unreadable", StringComparison.Ordinal));
    }

    [RealPartFact(EximServer.Program)]
    public async Task A_mail_whose_links_are_over_is_dropped()
    {
        await using var directory = await StartAsync();
        await directory.RegisterAsync("amy", email: "amy@example.org").ShouldBeAsync(HttpStatusCode.Created, "user created");
        await LoggedAsync(directory, "could not leave: unreachable");
        directory.Clock.Advance(TimeSpan.FromHours(24));
        await LoggedAsync(directory, "was dropped: its links are over");
    }

    [RealPartFact(EximServer.Program)]
    public async Task A_server_without_tls_gets_no_mail_unless_that_is_asked_for()
    {
        await using var plain = new PlainSmtp();
        await using var directory = await StartAsync(mail => mail with { Port = plain.Port });
        await directory.RegisterAsync("amy", email: "amy@example.org").ShouldBeAsync(HttpStatusCode.Created, "user created");
        await LoggedAsync(directory, "could not leave: not-supported");
        Assert.DoesNotContain("MAIL", plain.Said, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Asks for the keys of another, and reads both links from the mail, which names the new sign key.</summary>
    private async Task<(Uri Confirmation, Uri Cancellation)> RequestRecoveryAsync(TestDirectory directory, TestOwner next)
    {
        var before = _exim.Mails().Select(mail => mail.Raw).ToHashSet(StringComparer.Ordinal);
        await directory.SendAsync("POST", "users/amy/recovery", next.Recovery("amy")).ShouldBeAsync(HttpStatusCode.Accepted, "check email");
        await SentAsync(directory);
        var mail = Assert.Single(_exim.Mails(), mail => !before.Contains(mail.Raw));
        Assert.Equal(["amy@example.org"], mail.Recipients);
        Assert.Contains(next.Digests.Sign.Hex, mail.Raw, StringComparison.Ordinal);
        var links = mail.Links();
        return (links[0], links[1]);
    }

    private static Task SentAsync(TestDirectory directory) => LoggedAsync(directory, "has left");

    /// <summary>Moves the clock from one look of the worker to the next, until one had this to say.</summary>
    private static async Task LoggedAsync(TestDirectory directory, string text)
    {
        for (var look = 0; look < 100; look++)
        {
            directory.Clock.Advance(TimeSpan.FromMinutes(1));
            while (await directory.Log.NextAsync("") is var line && !line.Contains("mails wait.", StringComparison.Ordinal))
            {
                if (line.Contains(text, StringComparison.Ordinal)) return;
            }
        }
        Assert.Fail($"The worker never said: {text}");
    }

    private static async Task<(string Status, string Error)> ReadinessAsync(TestDirectory directory)
    {
        using var answer = JsonDocument.Parse(await directory.Http.GetStringAsync(new Uri("health/ready", UriKind.Relative)));
        return (answer.RootElement.GetProperty("status").GetString()!, answer.RootElement.GetProperty("mail").GetProperty("last_error").GetString()!);
    }

    private Task<TestDirectory> StartAsync(Func<MailOptions, MailOptions>? change = null)
    {
        var mail = new MailOptions
        {
            Host = "127.0.0.1",
            Port = _exim.Port,
            From = "Keys <keys@example.org>",
            User = EximServer.User,
            Password = EximServer.Password,
            CaFile = _certificates.CaFile,
        };
        return TestDirectory.StartAsync(ActivationMode.Mail, configure: options => options with { Mail = change?.Invoke(mail) ?? mail });
    }
}
