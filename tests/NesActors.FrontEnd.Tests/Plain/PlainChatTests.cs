using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Console;
using NesActors.PluginContracts.FrontEnd;

namespace NesActors.FrontEnd.Tests.Plain;

public sealed class PlainChatTests
{
    [Fact]
    public async Task Sends_each_line_and_ends_when_all_have_left()
    {
        await using var run = Chat();
        await run.Input.TypeAsync("one\ntwo\r\n\n  \n日本 👋\nlast without an end");
        run.Input.End();
        Assert.Equal(ExitCode.Done, await run.EndedAsync());
        Assert.Equal(["one", "two", "日本 👋", "last without an end"], run.Messenger.Messages.Select(message => message.Text));
        Assert.All(run.Messenger.Messages, message => Assert.Equal(ConsoleRun.Bob, message.Contact));
    }

    [Fact]
    public async Task Prints_what_the_peer_says_and_nobody_else()
    {
        await using var run = Chat();
        run.Messenger.Receive(ConsoleRun.Carol, "from carol");
        run.Messenger.Receive(ConsoleRun.Bob, "from bob");
        await run.Output.WaitForAsync("from bob\n", ConsoleRun.Limit);
        Assert.Equal("[13:00:00] bob > from bob\n", run.Output.Text);
    }

    [Fact]
    public async Task Prints_what_the_peer_says_also_where_that_is_a_stranger()
    {
        await using var run = Chat();
        run.Messenger.Receive(ConsoleRun.Bob, "hello", isRequest: true);
        await run.Output.WaitForAsync("hello\n", ConsoleRun.Limit);
        Assert.Equal("[13:00:00] bob (STRANGER) > hello\n", run.Output.Text);
    }

    [Theory]
    [InlineData(MessageState.Failed, SendFailure.UnknownUser, ExitCode.NotFound)]
    [InlineData(MessageState.Failed, SendFailure.UserDeleted, ExitCode.NotFound)]
    [InlineData(MessageState.Failed, SendFailure.KeysRevoked, ExitCode.Untrusted)]
    [InlineData(MessageState.Failed, SendFailure.BadKeys, ExitCode.Untrusted)]
    [InlineData(MessageState.Failed, SendFailure.KeyChanged, ExitCode.Untrusted)]
    [InlineData(MessageState.Failed, SendFailure.OwnKeysUnseen, ExitCode.Untrusted)]
    [InlineData(MessageState.Failed, SendFailure.BrokerUntrusted, ExitCode.Untrusted)]
    [InlineData(MessageState.Failed, SendFailure.DirectoryUnavailable, ExitCode.Network)]
    [InlineData(MessageState.Failed, SendFailure.BrokerUnavailable, ExitCode.Network)]
    [InlineData(MessageState.Failed, SendFailure.Withdrawn, ExitCode.Network)]
    [InlineData(MessageState.Failed, SendFailure.Blocked, ExitCode.Usage)]
    [InlineData(MessageState.Failed, SendFailure.Refused, ExitCode.Refused)]
    [InlineData(MessageState.Unknown, SendFailure.None, ExitCode.Unknown)]
    public async Task Tells_by_its_exit_code_and_one_line_how_the_first_bad_message_failed(MessageState state, SendFailure failure, int code)
    {
        await using var run = Chat(messenger => messenger.Carry = message => message.Text == "bad"
            ? message with { State = state, Failure = failure, Detail = "because\u0007" }
            : message with { State = MessageState.Published });
        await run.Input.TypeAsync("good\nbad\ngood again\n");
        run.Input.End();
        Assert.Equal(code, await run.EndedAsync());
        var line = Assert.Single(run.Errors.Lines, line => line.StartsWith("message ", StringComparison.Ordinal));
        Assert.StartsWith("message 2 to bob: ", line, StringComparison.Ordinal);
        Assert.EndsWith("(because␇)", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_wait_for_ever_for_what_cannot_leave()
    {
        await using var run = Chat(messenger => messenger.Carry = message => message, new ImpatientClock());
        await run.Input.TypeAsync("stuck\n");
        run.Input.End();
        Assert.Equal(ExitCode.Network, await run.EndedAsync());
        Assert.Contains("message 1 to bob: not sent: the broker cannot be reached", run.Errors.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_had_not_left_when_it_is_cancelled()
    {
        await using var run = Chat(messenger => messenger.Carry = message => message);
        await run.Input.TypeAsync("stuck\n");
        await SentAsync(run.Messenger);
        Assert.Equal(ExitCode.Network, await run.CancelAsync());
        Assert.Contains("ended while 1 of 1 messages had not left", run.Errors.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_line_that_is_too_long_and_sends_the_others()
    {
        await using var run = Chat();
        await run.Input.TypeAsync(new string('é', (Message.MaxTextBytes / 2) + 1) + "\n" + new string('x', 3 * Message.MaxTextBytes) + "\n" + new string('é', Message.MaxTextBytes / 2) + "\nshort\n");
        run.Input.End();
        Assert.Equal(ExitCode.Usage, await run.EndedAsync());
        Assert.Equal([Message.MaxTextBytes / 2, 5], run.Messenger.Messages.Select(message => message.Text.Length));
        Assert.Equal(2, run.Errors.Lines.Count(line => line.Contains("longer than 65536 bytes", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Needs_a_peer()
    {
        await using var run = new ConsoleRun(ConsoleFrontEnd.ChatVerb);
        Assert.Equal(ExitCode.Usage, await run.EndedAsync());
        Assert.Contains("-t", run.Errors.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prints_json_where_a_program_reads()
    {
        await using var run = new ConsoleRun(ConsoleFrontEnd.ChatVerb, with: request => request with { Peer = ConsoleRun.Bob, Json = true });
        await run.Input.TypeAsync("hello\n");
        await run.Output.WaitForAsync("\"state\":\"published\"", ConsoleRun.Limit);
        run.Messenger.Receive(ConsoleRun.Bob, "hi");
        await run.Output.WaitForAsync("\"type\":\"message\"", ConsoleRun.Limit);
    }

    private static ConsoleRun Chat(Action<ScriptedMessenger>? prepare = null, TimeProvider? clock = null) =>
        new(ConsoleFrontEnd.ChatVerb, prepare, request => request with { Peer = ConsoleRun.Bob }, clock);

    private static async Task SentAsync(ScriptedMessenger messenger)
    {
        using var patience = new CancellationTokenSource(ConsoleRun.Limit);
        await foreach (var happened in messenger.EventsAsync(0, patience.Token))
        {
            if (happened is MessageStateChanged) return;
        }
    }
}
