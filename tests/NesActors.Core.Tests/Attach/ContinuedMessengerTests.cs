using NesActors.Contracts;
using NesActors.Core.Attach;
using NesActors.Core.Hosting;
using NesActors.Core.Storage.State;
using NesActors.Core.Tests.Session;
using NesActors.Testing.Vectors;
using NesActors.Transport.InMemory;

namespace NesActors.Core.Tests.Attach;

/// <summary>The owner ends, and who was attached goes on with the next one.</summary>
public sealed class ContinuedMessengerTests : SessionSpec, IAsyncLifetime
{
    private readonly Owners _owners = new();
    private readonly string _address = $"memory://{Guid.NewGuid():N}";

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _owners.DisposeAsync();
    }

    [Fact]
    public async Task Events_go_on_at_the_next_owner_without_loss_or_repeat()
    {
        var folder = _owners.NewFolder();
        using var state = new StateStore(folder, Clock);
        var amy = await StartAsync(VectorUser.Amy, () => new InMemoryTransport(), _address);
        var before = await BenAsync(state);
        var server = await AttachServer.StartAsync(_owners.Take(folder), before, Owners.Info(before), default);
        NesHost? after = null;
        await using var continued = new ContinuedMessenger(
            new Session(await _owners.AttachAsync(folder), IsOwn: false), async _ => new Session((after = await BenAsync(state)).Messenger, IsOwn: true), Clock);
        await using var texts = TextsAsync(continued).GetAsyncEnumerator();
        await SendAsync(amy, "one", "two");
        Assert.Equal(["one", "two"], await NextAsync(texts, 2));

        await server.DisposeAsync();
        await before.DisposeAsync();
        var third = NextAsync(texts, 2);
        await SettledAsync(continued, status => status.Connection == ConnectionState.Online);
        await SendAsync(amy, "three", "four");
        Assert.Equal(["three", "four"], await third);
        Assert.NotNull(after);
    }

    [Fact]
    public async Task What_is_sent_while_the_owner_ends_is_queued_in_the_order_of_the_calls()
    {
        var folder = _owners.NewFolder();
        using var state = new StateStore(folder, Clock);
        var before = await BenAsync(state);
        var server = await AttachServer.StartAsync(_owners.Take(folder), before, Owners.Info(before), default);
        await using var continued = new ContinuedMessenger(
            new Session(await _owners.AttachAsync(folder), IsOwn: false), async _ => new Session((await BenAsync(state)).Messenger, IsOwn: true), Clock);
        var texts = Enumerable.Range(0, 300).Select(i => $"text {i}").ToList();

        var first = texts.Take(200).Select(SendAsync).ToList();
        await first[20];
        var ending = server.DisposeAsync();
        var rest = texts.Skip(200).Select(SendAsync).ToList();
        await ending;
        await before.DisposeAsync();
        await Task.WhenAll(first.Concat(rest));

        var queued = await TakeAsync<MessageStateChanged>(continued, texts.Count, changed => changed.Message.State == MessageState.Queued);
        Assert.Equal(texts, queued.Select(changed => changed.Message.Text));

        Task SendAsync(string text) => continued.SendAsync(VectorUser.Amy.Username, text, default);
    }

    [Fact]
    public async Task A_session_of_this_process_that_ends_is_the_end()
    {
        var amy = await StartAsync(VectorUser.Amy, () => new InMemoryTransport(), _address);
        await using var continued = new ContinuedMessenger(new Session(amy.Messenger, IsOwn: true), _ => throw new InvalidOperationException("Nobody may ask."), Clock);
        await amy.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => continued.StatusAsync(default));
    }

    private async Task<NesHost> BenAsync(StateStore state)
    {
        var ben = await StartAsync(VectorUser.Ben, () => new InMemoryTransport(), _address, state: state);
        var position = ben.Messenger.StartCursor;
        await foreach (var happened in ben.Messenger.EventsAsync(position, default))
        {
            if (happened is ConnectionChanged { State: ConnectionState.Online }) break;
        }
        return ben;
    }

    private static async Task SendAsync(NesHost from, params string[] texts)
    {
        foreach (var text in texts)
            await from.Messenger.SettleAsync(await from.Messenger.SendAsync(VectorUser.Ben.Username, text, default), Patience, default);
    }

    private static async IAsyncEnumerable<string> TextsAsync(ContinuedMessenger messenger)
    {
        await foreach (var happened in messenger.EventsAsync(messenger.StartCursor, default))
        {
            if (happened is MessageReceived received) yield return received.Message.Text;
        }
    }

    private static async Task<IReadOnlyList<string>> NextAsync(IAsyncEnumerator<string> texts, int count)
    {
        var taken = new List<string>();
        while (taken.Count < count && await texts.MoveNextAsync().AsTask().WaitAsync(Patience)) taken.Add(texts.Current);
        return taken;
    }

    private sealed record Session(IMessenger Messenger, bool IsOwn) : ISharedSession
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
