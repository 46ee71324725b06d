using NesActors.Contracts;

namespace NesActors.Core.Attach.Wire;

/// <summary>What a person decides about a contact: a byte that says which decision, then its fields.</summary>
internal static class ContactChangeWire
{
    private const byte Accept = 0, Block = 1, Unblock = 2, Rename = 3, AcceptKeys = 4, AcceptOlderSuite = 5, Verify = 6, SendReadReceipts = 7, Import = 8, Forget = 9, SendDeliveryReceipts = 10;

    public static void Write(BinaryWriter to, ContactChange change)
    {
        to.Write(CodeOf(change));
        switch (change)
        {
            case ContactChange.Rename rename: to.PutText(rename.Alias); break;
            case ContactChange.AcceptKeys accept: to.Put(accept.Fingerprint); break;
            case ContactChange.Verify verify:
                to.Put(verify.Fingerprint);
                to.Write(verify.IsVerified);
                break;
            case ContactChange.SendReadReceipts receipts: to.PutOptional(receipts.Send); break;
            case ContactChange.SendDeliveryReceipts receipts: to.PutOptional(receipts.Send); break;
            case ContactChange.Import import: ContactWire.Write(to, import.Contact); break;
        }
    }

    public static ContactChange Read(BinaryReader from) => from.ReadByte() switch
    {
        Accept => new ContactChange.Accept(),
        Block => new ContactChange.Block(),
        Unblock => new ContactChange.Unblock(),
        Rename => new ContactChange.Rename(from.Text()),
        AcceptKeys => new ContactChange.AcceptKeys(from.Fingerprint()),
        AcceptOlderSuite => new ContactChange.AcceptOlderSuite(),
        Verify => new ContactChange.Verify(from.Fingerprint(), from.Flag()),
        SendReadReceipts => new ContactChange.SendReadReceipts(from.OptionalFlag()),
        SendDeliveryReceipts => new ContactChange.SendDeliveryReceipts(from.OptionalFlag()),
        Import => new ContactChange.Import(ContactWire.Read(from)),
        Forget => new ContactChange.Forget(),
        _ => throw new InvalidDataException(),
    };

    private static byte CodeOf(ContactChange change) => change switch
    {
        ContactChange.Accept => Accept,
        ContactChange.Block => Block,
        ContactChange.Unblock => Unblock,
        ContactChange.Rename => Rename,
        ContactChange.AcceptKeys => AcceptKeys,
        ContactChange.AcceptOlderSuite => AcceptOlderSuite,
        ContactChange.Verify => Verify,
        ContactChange.SendReadReceipts => SendReadReceipts,
        ContactChange.SendDeliveryReceipts => SendDeliveryReceipts,
        ContactChange.Import => Import,
        ContactChange.Forget => Forget,
        _ => throw new ArgumentException($"{change.GetType().Name} is not carried over the socket.", nameof(change)),
    };
}
