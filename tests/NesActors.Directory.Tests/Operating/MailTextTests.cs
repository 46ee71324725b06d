using System.Text;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using NesActors.Contracts;
using NesActors.Directory.Limits;
using NesActors.Directory.Mail;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Operating;

public sealed class MailTextTests
{
    private static readonly Uri Directory = new("https://keys.example.org/?a=<b>&c={{user}}");

    [Theory]
    [InlineData("a@example.org\r\nBcc: b@example.org")]
    [InlineData("a@example.org\nBcc:b@example.org")]
    [InlineData("a@example.org,b@example.org")]
    [InlineData("a,b@example.org")]
    [InlineData("<a@example.org>")]
    [InlineData("a@example.org>SIZE=1")]
    [InlineData("Name <a@example.org>")]
    [InlineData("a(comment)@example.org")]
    [InlineData("a@example.org ")]
    [InlineData("group:a@example.org;")]
    [InlineData("a")]
    [InlineData("@example.org")]
    [InlineData("")]
    public void No_mail_goes_to_what_reads_as_anything_but_one_address(string address) => Assert.Null(MailComposer.ParseRecipient(address));

    [Fact]
    public void Values_are_encoded_in_html_and_never_read_as_places()
    {
        var message = Compose(MailTemplates.Load(null));
        Assert.Contains("?a=%3Cb%3E&amp;c=%7B%7Buser%7D%7D", message.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("c=amy", message.HtmlBody + message.TextBody, StringComparison.Ordinal);
        Assert.Equal(2, message.BodyParts.Count());
    }

    [Fact]
    public void A_value_with_markup_stays_text()
    {
        var template = MailTemplate.Parse("x", "Subject: s\n{{a}}", "<p>{{a}}</p>", ["a", "b"], ["a"]);
        var values = new Dictionary<string, string> { ["a"] = "<script>{{b}}</script>\"'", ["b"] = "never" };
        Assert.Equal("<p>&lt;script&gt;{{b}}&lt;/script&gt;&quot;&#39;</p>", template.FillHtml(values));
        Assert.Equal("<script>{{b}}</script>\"'", template.FillText(values));
    }

    [Theory]
    [InlineData("no subject\n{{activate}} {{delete}}", "Subject: ")]
    [InlineData("Subject: s\n{{activate}}", "{{delete}}")]
    [InlineData("Subject: s\n{{activate}} {{delete}} {{password}}", "{{password}}")]
    [InlineData("Subject: {{nobody}}\n{{activate}} {{delete}}", "{{nobody}}")]
    public void A_text_that_is_wrong_is_refused_at_the_start(string text, string reason)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("registration.txt"), text);
        var error = Assert.Throws<DirectoryException>(() => MailTemplates.Load(folder.Path));
        Assert.Contains("registration.txt", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_s_text_takes_the_place_of_the_built_in_one()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("registration.txt"), "Subject: Willkommen, {{user}}\n\nHier: {{activate}}\nWeg: {{delete}}\n");
        var message = Compose(MailTemplates.Load(folder.Path));
        Assert.Equal("Willkommen, amy", message.Subject);
        Assert.StartsWith("Hier: https://", message.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_sealed_opens_only_as_what_it_was()
    {
        using var seal = new MailSeal(new byte[MailKey.Length]);
        using var other = new MailSeal([.. Enumerable.Repeat((byte)1, MailKey.Length)]);
        var box = seal.Seal("secret"u8, MailKind.Registration, "amy", 7);
        Assert.Equal("secret"u8.ToArray(), seal.TryOpen(box, MailKind.Registration, "amy", 7));
        Assert.Null(seal.TryOpen(box, MailKind.Recovery, "amy", 7));
        Assert.Null(seal.TryOpen(box, MailKind.Registration, "ben", 7));
        Assert.Null(seal.TryOpen(box, MailKind.Registration, "amy", 8));
        Assert.Null(other.TryOpen(box, MailKind.Registration, "amy", 7));
        for (var i = 0; i < box.Length; i++) Assert.Null(seal.TryOpen([.. box[..i], (byte)(box[i] ^ 1), .. box[(i + 1)..]], MailKind.Registration, "amy", 7));
        Assert.Null(seal.TryOpen([], MailKind.Registration, "amy", 7));
        Assert.DoesNotContain("secret", Encoding.Latin1.GetString(box), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_gets_so_many_mails_a_day_however_it_is_written()
    {
        var clock = new FakeTimeProvider();
        var limit = new MailLimit(new Rate(2, TimeSpan.FromDays(1), 2), clock);
        Assert.Equal([true, true, false], ((string[])["a@b.org", "A@B.org", "a@b.org"]).Select(address => limit.TryTake(address, out _)));
        Assert.True(limit.TryTake("c@b.org", out _));
        clock.Advance(TimeSpan.FromHours(12));
        Assert.True(limit.TryTake("a@b.org", out _));
    }

    private static MimeMessage Compose(MailTemplates templates) =>
        new MailComposer(templates, MailComposer.ParseSender("keys@example.org"), () => Directory, TimeProvider.System).TryCompose(new WaitingMail(
            "id", new OwnerMail.Registration("a@example.org", Username.Parse("amy"), new Uri(Directory, "/users/amy/x?a=<b>&c={{user}}"), new Uri(Directory, "/users/amy/y"))))!;
}
