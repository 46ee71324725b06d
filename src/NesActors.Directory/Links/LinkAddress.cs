using NesActors.Contracts;

namespace NesActors.Directory.Links;

/// <summary>The addresses of links.</summary>
/// <param name="publicAddress">What they begin with; asked each time, because a free port is known only once the server listens.</param>
internal sealed class LinkAddress(Func<Uri> publicAddress)
{
    public Uri Of(Username user, string token) => new($"{publicAddress().AbsoluteUri.TrimEnd('/')}/users/{user}/{token}");
}
