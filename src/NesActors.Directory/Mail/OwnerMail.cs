using NesActors.Contracts;

namespace NesActors.Directory.Mail;

/// <summary>A mail to the owner of a name. Its links are secrets: whoever has them may do what they say.</summary>
/// <param name="Recipient">The address. It goes into no log.</param>
/// <param name="User">Whose name it is about.</param>
internal abstract record OwnerMail(string Recipient, Username User)
{
    /// <summary>Somebody registered the name with this address.</summary>
    public sealed record Registration(string Recipient, Username User, Uri Activation, Uri Deletion) : OwnerMail(Recipient, User)
    {
        public override string ToString() => $"{nameof(Registration)} of {User}";
    }

    /// <summary>Somebody asked for the name's keys to be replaced. The hash of the new sign key lets the reader tell whether it is theirs.</summary>
    public sealed record Recovery(string Recipient, Username User, string SignHash, Uri Confirmation, Uri Cancellation) : OwnerMail(Recipient, User)
    {
        public override string ToString() => $"{nameof(Recovery)} of {User}";
    }
}
