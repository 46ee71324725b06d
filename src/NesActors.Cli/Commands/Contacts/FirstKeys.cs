using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Storage;

namespace NesActors.Cli.Commands.Contacts;

/// <summary>The first keys of somebody who was never written to.</summary>
internal static class FirstKeys
{
    /// <summary>Looks a user up and pins the keys: what is compared must be what is pinned. Whom the person asks for is no stranger.</summary>
    /// <exception cref="CliException">There are no keys to be had.</exception>
    public static async Task<Contact> PinAsync(Invocation run, IContactBook book, Username user, Contact? known, CancellationToken cancellation)
    {
        var (keys, vouched) = await LookUpAsync(run, user, cancellation);
        var standing = known is { Standing: ContactStanding.Blocked } ? ContactStanding.Blocked : ContactStanding.Accepted;
        var seen = new Contact(user, TrustState.Pinned, keys, null, 0) { Vouched = vouched, Standing = standing, Alias = known?.Alias };
        return await book.ChangeContactAsync(user, new ContactChange.Import(seen), cancellation)
            ?? throw new CliException(ExitCode.Untrusted, $"other keys of {user} were seen meanwhile; try again");
    }

    private static async Task<(Fingerprint Keys, Vouching Vouched)> LookUpAsync(Invocation run, Username user, CancellationToken cancellation)
    {
        var factory = run.Session();
        using var state = factory.State();
        var directory = factory.Directory(state);
        using var disposable = directory as IDisposable;
        switch (await directory.LookUpAsync(user, cancellation))
        {
            case LookupResult.Found found:
                using (var keys = factory.Suites.Pinned().ReadPeer(found.Record)) return (keys.Fingerprint, found.Vouched);
            case LookupResult.Untrusted untrusted: throw new CliException(ExitCode.Untrusted, untrusted.Detail);
            case LookupResult.Unavailable unavailable: throw new CliException(ExitCode.Network, $"no keys of {user} were seen yet, and none can be had now: {unavailable.Detail}");
            case LookupResult.Revoked: throw new CliException(ExitCode.Untrusted, $"{user} revoked the keys, and has no others yet");
            default: throw CliException.NotFound($"the key directory {run.Settings.Provider} knows no {user}; check the name, or choose another directory with -p URL");
        }
    }
}
