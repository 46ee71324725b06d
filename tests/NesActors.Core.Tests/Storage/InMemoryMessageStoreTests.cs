using NesActors.Core.Storage;
using NesActors.Core.Storage.InMemory;

namespace NesActors.Core.Tests.Storage;

public sealed class InMemoryMessageStoreTests : MessageStoreSpec
{
    [Fact]
    public async Task The_oldest_messages_go_when_there_are_many()
    {
        for (var i = 0; i < 10_001; i++) await ReceiveAsync($"text {i}");
        var all = await Store.HistoryAsync(Amy, null, null, int.MaxValue, default);
        Assert.InRange(all.Count, 9_000, 10_000);
        Assert.Equal("text 10000", all[^1].Text);
    }

    protected override IMessageStore Create() => new InMemoryMessageStore(Clock, SpoolCapacity);
}
