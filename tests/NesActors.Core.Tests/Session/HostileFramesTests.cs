using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Tests.Doubles;
using NesActors.Testing.Vectors;

namespace NesActors.Core.Tests.Session;

public sealed class HostileFramesTests : SessionSpec
{
    private readonly ScriptedNetwork _network = new();

    [Fact]
    public async Task Drops_each_for_a_reason_that_fits_and_shows_the_valid_ones_between_them_in_order()
    {
        var host = await StartAsync(VectorUser.Ben, _network.Create);
        var connection = _network.NextConnection();
        var before = new Dictionary<DropReason, long>();
        var texts = new List<string>();
        foreach (var hostile in FrameVectors.Hostile)
        {
            connection.Deliver(VectorUser.Ben.Username, Bytes(hostile.Payload));
            var text = $"after {hostile.Name}";
            texts.Add(text);
            connection.Deliver(VectorUser.Ben.Username, FrameToBen(VectorUser.Amy, text));

            // The drop is counted by the time that the next valid frame and all before it are through.
            var status = await SettledAsync(host.Messenger, status => status.Received == texts.Count && status.Dropped.Values.Sum() == texts.Count);
            var reason = Assert.Single(status.Dropped, count => count.Value != before.GetValueOrDefault(count.Key)).Key;
            Assert.True(hostile.Reason.Contains(reason.ToCode()), $"{hostile.Name} was dropped as {reason.ToCode()}; {string.Join(" or ", hostile.Reason)} fits.");
            before = new Dictionary<DropReason, long>(status.Dropped);
        }

        var shown = await TakeAsync<MessageReceived>(host.Messenger, texts.Count);
        Assert.Equal(texts, shown.Select(received => received.Message.Text));
        Assert.Equal(FrameVectors.Hostile.Count * 2, connection.Acknowledged);
    }

    [Fact]
    public async Task A_burst_of_all_of_them_at_once_changes_nothing_in_the_order_of_the_valid_ones()
    {
        var host = await StartAsync(VectorUser.Ben, _network.Create);
        var connection = _network.NextConnection();
        var texts = FrameVectors.Hostile.Select((_, i) => $"text {i}").ToList();
        foreach (var (hostile, text) in FrameVectors.Hostile.Zip(texts))
        {
            connection.Deliver(VectorUser.Ben.Username, Bytes(hostile.Payload));
            connection.Deliver(VectorUser.Ben.Username, FrameToBen(VectorUser.Amy, text));
        }

        var shown = await TakeAsync<MessageReceived>(host.Messenger, texts.Count);
        Assert.Equal(texts, shown.Select(received => received.Message.Text));
        var status = await SettledAsync(host.Messenger, status => status.Dropped.Values.Sum() == FrameVectors.Hostile.Count);
        Assert.Equal(0, status.Spooled);
    }

    [Fact]
    public async Task Shows_every_frame_that_the_original_sends_or_accepts()
    {
        var host = await StartAsync(VectorUser.Ben, _network.Create);
        var connection = _network.NextConnection();
        var expected = FrameVectors.Valid.Where(frame => frame.To == "ben").Select(frame => (frame.Payload, frame.From, frame.Message))
            .Concat(FrameVectors.Liberal.Select(frame => (frame.Payload, frame.From, frame.Message))).ToList();
        foreach (var (payload, _, _) in expected) connection.Deliver(VectorUser.Ben.Username, Bytes(payload));
        var shown = await TakeAsync<MessageReceived>(host.Messenger, expected.Count);
        Assert.Equal(
            expected.Select(frame => (frame.From, frame.Message)).Order(),
            shown.Select(received => (received.Message.Contact.Value, received.Message.Text)).Order());
    }

    [Fact]
    public async Task Shows_a_captured_frame_once_however_often_it_is_sent()
    {
        var host = await StartAsync(VectorUser.Ben, _network.Create);
        var connection = _network.NextConnection();
        var frame = FrameToBen(VectorUser.Amy, "once");
        for (var i = 0; i < 5; i++) connection.Deliver(VectorUser.Ben.Username, frame);
        var status = await SettledAsync(host.Messenger, status => status.Received + status.Dropped.Values.Sum() == 5);
        Assert.Equal((1, 4), (status.Received, status.Dropped[DropReason.Repeated]));
    }

    [Fact]
    public async Task Refuses_a_huge_frame_before_it_is_looked_at_and_acknowledges_it()
    {
        var host = await StartAsync(VectorUser.Ben, _network.Create);
        var connection = _network.NextConnection();
        connection.Deliver(VectorUser.Ben.Username, new byte[10 << 20]);
        var status = await SettledAsync(host.Messenger, status => status.Dropped.Values.Sum() == 1);
        Assert.Equal(1, status.Dropped[DropReason.TooLarge]);
        Assert.Equal(1, connection.Acknowledged);
    }

    [Fact]
    public async Task A_sender_whose_keys_must_be_looked_up_holds_back_nobody_else()
    {
        var amysKeys = new TaskCompletionSource();
        Directory.Gate = amysKeys.Task;
        var host = await StartAsync(VectorUser.Ben, _network.Create);
        var connection = _network.NextConnection();
        connection.Deliver(VectorUser.Ben.Username, FrameToBen(VectorUser.Amy, "waits for keys"));
        await SettledAsync(host.Messenger, _ => Directory.Asked.Count == 1);

        Directory.Gate = Task.CompletedTask;
        connection.Deliver(VectorUser.Ben.Username, FrameToBen(VectorUser.Dan, "needs nobody"));
        var first = await TakeAsync<MessageReceived>(host.Messenger, 1);
        Assert.Equal("needs nobody", first[0].Message.Text);

        amysKeys.SetResult();
        var both = await TakeAsync<MessageReceived>(host.Messenger, 2);
        Assert.Equal("waits for keys", both[1].Message.Text);
    }
}
