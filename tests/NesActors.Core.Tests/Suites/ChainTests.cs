using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Suites;
using NesActors.Core.Tests.Doubles;
using NesActors.Testing.Vectors;

namespace NesActors.Core.Tests.Suites;

/// <summary>Each message of suite nes2 names the one that was sent before it; where the recipient has got another, somebody else writes with the sender's keys.</summary>
public sealed class ChainTests : SuiteSessionSpec
{
    private const string Address = "memory://scripted";

    private readonly ScriptedNetwork _network = new();
    private readonly Person _amy, _ben;

    public ChainTests() => (_amy, _ben) = (Make(VectorUser.Amy), Make(VectorUser.Ben));

    [Fact]
    public async Task Messages_that_are_sent_are_a_chain_also_across_suites()
    {
        var (amy, connection) = await OnlineAsync();
        foreach (var text in (string[])["one", "two"]) await SendAsync(amy, text);
        Show(RecordOf(_ben, Older));
        Clock.Advance(TimeSpan.FromMinutes(11));
        await SendAsync(amy, "three, by nes1");
        Show(RecordOf(_ben));
        Clock.Advance(TimeSpan.FromMinutes(11));
        await SendAsync(amy, "four");

        var opened = connection.Published.Select(published => Open(published.Frame)).ToList();
        Assert.Equal(["one", "two", "three, by nes1", "four"], opened.Select(frame => frame.Message.Text));
        Assert.Empty(opened[0].Message.Delivery!.Previous.ToArray());
        Assert.Equal(opened[0].Hash, opened[1].Message.Delivery!.Previous.ToArray());
        Assert.Empty(opened[2].Message.Delivery!.Previous.ToArray());
        Assert.Equal(opened[2].Hash, opened[3].Message.Delivery!.Previous.ToArray());
    }

    [Fact]
    public async Task A_message_after_another_than_arrived_is_marked_and_shown()
    {
        var (amy, connection) = await OnlineAsync();
        var stream = StreamId.New();
        var first = Deliver(connection, "one", stream, 1, default);
        var second = Deliver(connection, "two", stream, 2, first);
        Deliver(connection, "three, after another two", stream, 3, first);
        Assert.NotEqual(first, second);

        var received = await TakeAsync<MessageReceived>(amy, 3);
        Assert.Equal([("one", false), ("two", false), ("three, after another two", true)], received.Select(each => (each.Message.Text, each.Message.BreaksChain)));
    }

    private byte[] Deliver(ScriptedTransport connection, string text, StreamId stream, long number, ReadOnlyMemory<byte> previous)
    {
        var (suite, identity) = Load(_ben, Both);
        using var amy = suite.ReadPeer(RecordOf(_amy));
        var message = new Message(_ben.Name, _amy.Name, Clock.GetUtcNow(), text) { Delivery = new Contracts.Delivery { Stream = stream, Sequence = number, Previous = previous } };
        var frame = identity.Seal(((JoinedIdentity)identity).Compose(message, "nes2"), amy);
        connection.Deliver(_amy.Name, frame.Bytes);
        return frame.ContentHash.ToArray();
    }

    private (Message Message, byte[] Hash) Open(byte[] frame)
    {
        var (suite, ben) = Load(_ben, Both);
        using var amy = suite.ReadPeer(RecordOf(_amy));
        var opened = ben.Open(frame).Frame!;
        return (opened.Verify(amy)!, opened.ContentHash.ToArray());
    }

    private async Task<(IMessenger Amy, ScriptedTransport Connection)> OnlineAsync()
    {
        Show(RecordOf(_amy));
        Show(RecordOf(_ben));
        var amy = (await StartAsync(_amy, _network.Create, Address)).Messenger;
        var connection = _network.NextConnection();
        await TakeAsync<ConnectionChanged>(amy, 1, changed => changed.State == ConnectionState.Online);
        return (amy, connection);
    }

    private async Task SendAsync(IMessenger amy, string text) =>
        Assert.Equal(MessageState.Published, (await amy.SettleAsync(await amy.SendAsync(_ben.Name, text, default), Patience, default)).State);
}
