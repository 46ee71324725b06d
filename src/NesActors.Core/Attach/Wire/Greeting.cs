using NesActors.Contracts.Crypto;

namespace NesActors.Core.Attach.Wire;

/// <summary>What is said to who attaches.</summary>
/// <param name="Owner">Who answers.</param>
/// <param name="Cursor">The newest position in the log of events.</param>
/// <param name="Fingerprint">Of the user's own keys.</param>
internal sealed record Greeting(OwnerInfo Owner, long Cursor, Fingerprint Fingerprint)
{
    public static void Write(BinaryWriter to, Greeting greeting)
    {
        to.Put(greeting.Owner.Me);
        to.Write(greeting.Owner.Broker);
        to.Write(greeting.Owner.Directory);
        to.Write(greeting.Owner.ProcessId);
        to.Put(greeting.Owner.Since);
        to.PutText(greeting.Owner.Unpublished);
        to.Write(greeting.Cursor);
        to.Put(greeting.Fingerprint);
    }

    public static Greeting Read(BinaryReader from) => new(
        new OwnerInfo(from.User(), from.ReadString(), from.ReadString(), from.ReadInt32(), from.Time()) { Unpublished = from.Text() }, from.ReadInt64(), from.Fingerprint());
}
