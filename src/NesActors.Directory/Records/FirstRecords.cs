using NesActors.Contracts;
using NesActors.Directory.Storage;
using NesActors.Records;

namespace NesActors.Directory.Records;

/// <summary>
/// Gives a first record to the names of a database that is older than records: it says what is true, since when it is. For a name that was deleted
/// it is a tombstone.
/// </summary>
internal sealed class FirstRecords(FirstRecordStore store, RecordSigner signer)
{
    /// <summary>Goes through them before the server listens. Cut off, it goes on at the next start.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        var after = 0L;
        while (await store.FindAsync(after, cancellation).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var user in page)
            {
                var (record, origin) = First(user);
                await store.AddAsync(user.Id, signer.Sign(record), origin, cancellation).ConfigureAwait(false);
            }
            after = page[^1].Id;
        }
    }

    private (DirectoryRecord Record, RecordOrigin Origin) First(OldUser user)
    {
        var name = Username.Parse(user.Name);
        return user.Status == UserStatus.Active
            ? (new DirectoryRecord(signer.Directory, name, 1, RecordStatus.Active, user.Since) { MessageKey = user.MessageKey, SignKey = user.SignKey }, RecordOrigin.Registration)
            : (new DirectoryRecord(signer.Directory, name, 1, RecordStatus.Deleted, user.Since), RecordOrigin.Deletion);
    }
}
