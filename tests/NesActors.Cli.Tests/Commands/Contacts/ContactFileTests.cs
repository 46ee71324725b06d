using System.Text;
using NesActors.Cli.Commands.Contacts;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Cli.Tests.Commands.Contacts;

public sealed class ContactFileTests
{
    private static readonly string Keys = new('a', Fingerprint.Length);

    [Fact]
    public void Reads_what_it_wrote()
    {
        Contact[] contacts =
        [
            new(Username.Parse("bob"), TrustState.Pinned, new Fingerprint(Keys), null, 0)
            { Alias = "Bob \"the\" 日本 👋", Standing = ContactStanding.Accepted, IsVerified = true, PinnedBy = PinOrigin.Imported, ReadReceipts = true, DeliveryReceipts = false },
            new(Username.Parse("carol"), TrustState.Unseen, null, null, 0) { Standing = ContactStanding.Blocked, PinnedBy = PinOrigin.Imported },
        ];
        Assert.Equal(contacts, Read(string.Join("\r\n", contacts.Select(ContactFile.Line)) + "\n\n"));
    }

    [Theory]
    [InlineData("[]", "line 2 is no contact")]
    [InlineData("bob", "line 2 is no contact")]
    [InlineData("""{"user":["bob"],"standing":"accepted"}""", "line 2 is no contact")]
    [InlineData("""{"user":"bob","user":"eve","standing":"accepted"}""", "line 2 is no contact")]
    [InlineData("""{"user":"bob","standing":"accepted","verified":"yes"}""", "line 2 is no contact")]
    [InlineData("""{"user":"bob","standing":"accepted","alias":null}""", "line 2 is no contact")]
    [InlineData("""{"user":"bob","standing":"accepted","delivery_receipts":"off"}""", "line 2 is no contact")]
    [InlineData("""{"user":"bob","standing":"accepted","alias":"\ud83d"}""", "line 2 is no contact")]
    [InlineData("""{"standing":"accepted"}""", "has no user's name")]
    [InlineData("""{"user":"../bob","standing":"accepted"}""", "has no user's name")]
    [InlineData("""{"user":"bob"}""", "standing")]
    [InlineData("""{"user":"bob","standing":"loved"}""", "standing")]
    [InlineData("""{"user":"bob","standing":"accepted","fingerprint":"abc"}""", "fingerprint")]
    [InlineData("""{"user":"bob","standing":"accepted","verified":true}""", "names none")]
    [InlineData("""{"user":"bob","standing":"accepted","alias":""}""", "alias")]
    [InlineData("""{"user":"bob","standing":"accepted","alias":"a\nb"}""", "alias")]
    [InlineData("""{"user":"bob","standing":"accepted","shoe_size":43}""", "field")]
    [InlineData("""{"user":"bob","standing":"accepted","disappear_after_seconds":1}""", "field")]
    [InlineData("""{"user":"amy","standing":"accepted"}""", "came before")]
    public void Refuses_a_file_with_a_line_that_is_no_contact_and_says_which(string line, string why)
    {
        var error = Assert.Throws<FormatException>(() => Read($$"""{"user":"amy","standing":"accepted"}""" + "\n" + line));
        Assert.StartsWith("line 2 ", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_nothing_of_how_long_messages_are_kept()
    {
        var contact = new Contact(Username.Parse("bob"), TrustState.Unseen, null, null, 0) { PinnedBy = PinOrigin.Imported };
        Assert.Equal(contact, Assert.Single(Read(ContactFile.Line(contact with { DisappearAfter = TimeSpan.FromDays(1) }))));
    }

    [Fact]
    public void Refuses_a_line_that_is_too_long_and_bytes_that_are_no_text()
    {
        Assert.Contains("longer", Assert.Throws<FormatException>(() => Read(new string('x', 3000))).Message, StringComparison.Ordinal);
        Assert.Contains("line 1", Assert.Throws<FormatException>(() => ContactFile.Read([(byte)'{', 0xFF, (byte)'}'])).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Contact> Read(string text) => ContactFile.Read(Encoding.UTF8.GetBytes(text));
}
