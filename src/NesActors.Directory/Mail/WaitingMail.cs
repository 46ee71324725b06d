using System.Text.Json;
using NesActors.Contracts;

namespace NesActors.Directory.Mail;

/// <summary>A mail as it waits: the owner's, and the id that it keeps however often it is tried, so that a receiver can tell a repeat.</summary>
internal sealed record WaitingMail(string Id, OwnerMail Mail)
{
    public override string ToString() => Mail.ToString();

    /// <summary>What is sealed.</summary>
    public byte[] ToJson() => Mail switch
    {
        OwnerMail.Registration mail => JsonSerializer.SerializeToUtf8Bytes(new Content(Id, mail.Recipient, mail.User.Value, mail.Activation.AbsoluteUri, mail.Deletion.AbsoluteUri)),
        OwnerMail.Recovery mail => JsonSerializer.SerializeToUtf8Bytes(new Content(Id, mail.Recipient, mail.User.Value, mail.Confirmation.AbsoluteUri, mail.Cancellation.AbsoluteUri, mail.SignHash)),
        _ => throw new InvalidOperationException("There is no such mail."),
    };

    /// <returns>Null where the bytes are none of a mail of this kind.</returns>
    public static WaitingMail? TryRead(byte[] json, string kind)
    {
        try
        {
            if (JsonSerializer.Deserialize<Content>(json) is not { Id: { } id, To: { } to, First: { } first, Second: { } second } content) return null;
            if (!Username.TryParse(content.User, out var user)) return null;
            return kind switch
            {
                MailKind.Registration => new WaitingMail(id, new OwnerMail.Registration(to, user, new Uri(first), new Uri(second))),
                MailKind.Recovery when content.SignHash is { } signHash => new WaitingMail(id, new OwnerMail.Recovery(to, user, signHash, new Uri(first), new Uri(second))),
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or UriFormatException)
        {
            return null;
        }
    }

    private sealed record Content(string? Id, string? To, string? User, string? First, string? Second, string? SignHash = null)
    {
        public override string ToString() => nameof(Content);
    }
}
