using System.Security.Cryptography;
using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Storage;
using NesActors.Core.Storage.Sqlite;

// StoreHost FOLDER NAME: eight writers, without end. A line of standard output says what has been acknowledged by the store: "received TEXT", "queued TEXT",
// "spooled NUMBER". NAME tells the texts of one run from those of another.
await using var store = SqliteMessageStore.Open(args[0], TimeProvider.System);
var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
var (me, contact) = (Username.Parse("ben"), Username.Parse("amy"));
await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() => WriteAsync(writer))));

async Task WriteAsync(int writer)
{
    for (var i = 0; ; i++)
    {
        var text = $"{args[1]}-{writer}-{i}";
        var message = new Message(contact, me, DateTimeOffset.UnixEpoch, text);
        var spooled = (await store.SpoolAsync([Encoding.UTF8.GetBytes(text)], default))[0];
        await output.WriteLineAsync($"spooled {spooled.Value}");
        await store.ReceiveAsync(spooled, new ReceivedContent(message, SHA256.HashData(Encoding.UTF8.GetBytes(text)), false, false), default);
        await output.WriteLineAsync($"received {text}");
        var id = MessageId.New(TimeProvider.System);
        await store.QueueAsync(id, message with { From = me, To = contact }, default);
        await store.StoreFrameAsync(id, new OutgoingFrame(Encoding.UTF8.GetBytes(text), new Fingerprint("01")), default);
        await output.WriteLineAsync($"queued {text}");
        if (i % 2 == 0) await store.AdvanceAsync(id, MessageState.Published, SendFailure.None, null, default);
    }
}
