using NesActors.Contracts;

namespace NesActors.Directory.Registration;

/// <summary>The two links of a registration: whoever has them may activate the user, and delete it once active.</summary>
internal sealed record ActivationLinks(Username User, Uri Activation, Uri Deletion)
{
    public static ActivationLinks For(Uri address, Username user, string activationToken, string deletionToken) =>
        new(user, Link(address, user, activationToken), Link(address, user, deletionToken));

    private static Uri Link(Uri address, Username user, string token) => new($"{address.AbsoluteUri.TrimEnd('/')}/users/{user}/{token}");
}
