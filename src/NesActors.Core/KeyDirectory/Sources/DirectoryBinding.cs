using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Core.Storage.State;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>Tells a user's keys at which directory the user is.</summary>
public static class DirectoryBinding
{
    /// <summary>
    /// Binds what the user says of the keys to the directory, by the id that it proves; to none where it has no id. Where nothing certain is known of it now, because it does not answer for instance, what was said
    /// before stays: nobody on the way can undo it by keeping the directory away.
    /// </summary>
    /// <param name="identity">The keys.</param>
    /// <param name="directory">Where others look the user up.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task BindToAsync(this ILocalIdentity identity, IKeyDirectorySource directory, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(identity);
        switch (directory)
        {
            case FolderKeyDirectory:
                identity.BindTo(null);
                break;
            case HttpKeyDirectory http when await StandingAsync(http, cancellation).ConfigureAwait(false) is { } standing:
                if (standing is DirectoryStanding.Proving proving) identity.BindTo(new DirectoryId(proving.Directory.Hex));
                else if (standing is DirectoryStanding.Plain) identity.BindTo(null);
                break;
        }
    }

    private static async Task<DirectoryStanding?> StandingAsync(HttpKeyDirectory directory, CancellationToken cancellation)
    {
        try
        {
            return await directory.StandingAsync(cancellation).ConfigureAwait(false);
        }
        catch (StateException)
        {
            // What is remembered of the directory cannot be read just now.
            return null;
        }
    }
}
