using System.Globalization;
using System.Security.Cryptography;
using NesActors.Contracts;

namespace NesActors.PluginContracts.Transport;

public abstract partial class TransportSpec
{
    /// <summary>The bytes arrive as they were given, for the mailbox they were given to.</summary>
    [SkippableFact]
    public async Task Delivers_the_bytes_exactly()
    {
        var collector = new FrameCollector();
        await ConnectAsync(collector, Options, Bob);
        var sender = await ConnectSenderAsync();
        var everyByte = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        byte[][] frames = [[], [0], everyByte, Bytes("Grüße 🐦\r\n"), RandomNumberGenerator.GetBytes(512 * 1024)];

        foreach (var frame in frames) await PublishAsync(sender, Bob, frame);

        var arrived = await collector.WaitForAsync(frames.Length);
        Assert.Equal(frames.Length, arrived.Count);
        Assert.All(frames.Zip(arrived), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second.Payload.Span), $"changed: {pair.First.Length} bytes"));
        Assert.All(arrived, frame => Assert.Equal(Bob, frame.Mailbox));
    }

    /// <summary>The publisher's buffer is its own again as soon as the task has ended.</summary>
    [SkippableFact]
    public async Task Delivers_what_the_buffer_held_when_it_was_published()
    {
        var collector = new FrameCollector();
        await ConnectAsync(collector, Options, Bob);
        var sender = await ConnectSenderAsync();
        var buffer = Bytes("first");

        await PublishAsync(sender, Bob, buffer);
        Bytes("other").CopyTo(buffer, 0);
        await PublishAsync(sender, Bob, buffer);

        Assert.Equal(["first", "other"], Texts(await collector.WaitForAsync(2)));
    }

    /// <summary>Who awaits each publish has them arrive in that order.</summary>
    [SkippableFact]
    public async Task Keeps_the_order_of_awaited_publishes()
    {
        var collector = new FrameCollector();
        await ConnectAsync(collector, Options, Bob);
        var sender = await ConnectSenderAsync();
        var texts = Enumerable.Range(0, 100).Select(number => number.ToString(CultureInfo.InvariantCulture)).ToArray();

        foreach (var text in texts) await PublishAsync(sender, Bob, Bytes(text));

        Assert.Equal(texts, Texts(await collector.WaitForAsync(texts.Length)));
    }

    /// <summary>Nobody gets another's frames.</summary>
    [SkippableFact]
    public async Task Gives_a_frame_only_to_its_mailbox()
    {
        var (bobs, carols) = (new FrameCollector(), new FrameCollector());
        await ConnectAsync(bobs, Options, Bob);
        await ConnectAsync(carols, Options, Carol);
        var sender = await ConnectSenderAsync();

        await PublishAsync(sender, Bob, Bytes("for bob"));
        await PublishAsync(sender, Carol, Bytes("for carol"));
        await PublishAsync(sender, Bob, Bytes("end"));
        await PublishAsync(sender, Carol, Bytes("end"));

        Assert.Equal(["for bob", "end"], Texts(await bobs.WaitForAsync(frames => Texts(frames).Contains("end"))));
        Assert.Equal(["for carol", "end"], Texts(await carols.WaitForAsync(frames => Texts(frames).Contains("end"))));
    }

    /// <summary>One connection serves many identities, and may send to itself.</summary>
    [SkippableFact]
    public async Task Carries_many_mailboxes_on_one_connection()
    {
        var collector = new FrameCollector();
        var mailboxes = Enumerable.Range(0, 20).Select(number => Username.Parse(FormattableString.Invariant($"user-{number}"))).ToArray();
        var transport = await ConnectAsync(collector, Options, mailboxes);

        foreach (var mailbox in mailboxes) await PublishAsync(transport, mailbox, Bytes($"for {mailbox}"));

        var arrived = await collector.WaitForAsync(mailboxes.Length);
        Assert.Equal(mailboxes.Select(mailbox => $"for {mailbox}").Order(), Texts(arrived).Order());
        Assert.All(arrived, frame => Assert.Equal($"for {frame.Mailbox}", Texts([frame]).Single()));
    }

    /// <summary>Publishing is safe for several threads at once.</summary>
    [SkippableFact]
    public async Task Delivers_all_that_is_published_at_once()
    {
        const int Publishers = 8;
        const int Each = 25;
        var collector = new FrameCollector();
        await ConnectAsync(collector, Options, Bob);
        var sender = await ConnectSenderAsync();

        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(publisher => Task.Run(async () =>
        {
            for (var number = 0; number < Each; number++) await PublishAsync(sender, Bob, Bytes(FormattableString.Invariant($"{publisher}/{number}")));
        })));

        var arrived = Texts(await collector.WaitForAsync(frames => Texts(frames).Distinct().Count() == Publishers * Each));
        Assert.Equal(Publishers * Each, arrived.Distinct().Count());
    }

    /// <summary>The receiver is never called while it still runs.</summary>
    [SkippableFact]
    public async Task Hands_over_one_frame_after_the_other()
    {
        const int Count = 50;
        var collector = new FrameCollector();
        var (inside, overlaps) = (0, 0);
        var receiver = NewTransport();
        await receiver.ConnectAsync(Options, frame =>
        {
            if (Interlocked.Increment(ref inside) > 1) Interlocked.Increment(ref overlaps);
            Thread.Yield();
            collector.Receive(frame);
            Interlocked.Decrement(ref inside);
        }, CancellationToken.None);
        await receiver.SubscribeAsync(Bob, CancellationToken.None);
        var sender = await ConnectSenderAsync();

        await Task.WhenAll(Enumerable.Range(0, Count).Select(number => PublishAsync(sender, Bob, BitConverter.GetBytes(number))));

        await collector.WaitForAsync(Count);
        Assert.Equal(0, overlaps);
    }

    /// <summary>A repeated subscription is no error, and doubles nothing.</summary>
    [SkippableFact]
    public async Task Takes_a_second_subscription_to_the_same_mailbox()
    {
        var collector = new FrameCollector();
        await ConnectAsync(collector, Options, Bob, Bob);
        var sender = await ConnectSenderAsync();

        await PublishAsync(sender, Bob, Bytes("once"));
        await PublishAsync(sender, Bob, Bytes("end"));

        Assert.Equal(["once", "end"], Texts(await collector.WaitForAsync(frames => Texts(frames).Contains("end"))));
    }
}
