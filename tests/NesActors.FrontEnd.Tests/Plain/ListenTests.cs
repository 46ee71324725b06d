using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Console;

namespace NesActors.FrontEnd.Tests.Plain;

public sealed class ListenTests
{
    [Fact]
    public async Task Prints_the_time_of_the_sender_in_local_time_and_the_name_as_the_original()
    {
        await using var run = new ConsoleRun(ConsoleFrontEnd.ListenVerb);
        run.Messenger.Receive(ConsoleRun.Bob, "Hello", StoppedClock.Noon.AddSeconds(7));
        await run.Output.WaitForAsync("Hello\n", ConsoleRun.Limit);
        Assert.Equal("[13:00:07] bob > Hello\n", run.Output.Text);
    }

    [Fact]
    public async Task Prints_what_came_before_it_began()
    {
        await using var run = new ConsoleRun(ConsoleFrontEnd.ListenVerb, messenger => messenger.Receive(ConsoleRun.Bob, "early"));
        await run.Output.WaitForAsync("early\n", ConsoleRun.Limit);
    }

    [Fact]
    public async Task Begins_with_what_an_earlier_run_left_unread_and_prints_it_once()
    {
        await using var run = new ConsoleRun(ConsoleFrontEnd.ListenVerb, messenger =>
        {
            messenger.Receive(ConsoleRun.Bob, "read before");
            messenger.MarkReadAsync(ConsoleRun.Bob, null, default);
            messenger.Receive(ConsoleRun.Bob, "left");
            messenger.StartCursor = 4;
            messenger.Receive(ConsoleRun.Bob, "while it began");
        });
        run.Messenger.Receive(ConsoleRun.Bob, "live");
        await run.Output.WaitForAsync("live\n", ConsoleRun.Limit);
        Assert.Equal(["left", "while it began", "live"], run.Output.Lines.Select(line => line.Split(" > ")[1]));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    [InlineData("\u0085")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    public async Task Indents_further_lines_so_that_none_passes_for_a_message(string lineBreak)
    {
        await using var run = new ConsoleRun(ConsoleFrontEnd.ListenVerb);
        run.Messenger.Receive(ConsoleRun.Bob, $"one{lineBreak}[13:00:00] carol > two");
        await run.Output.WaitForAsync("two\n", ConsoleRun.Limit);
        Assert.Equal(["[13:00:00] bob > one", "           [13:00:00] carol > two"], run.Output.Lines);
    }

    [Fact]
    public async Task Marks_a_message_by_an_older_suite_before_its_text()
    {
        await using var run = new ConsoleRun(ConsoleFrontEnd.ListenVerb);
        run.Messenger.Receive(ConsoleRun.Bob, "it is me", isOlderSuite: true);
        await run.Output.WaitForAsync("it is me\n", ConsoleRun.Limit);
        Assert.Equal("[13:00:00] bob (OLDER SUITE!) > it is me\n", run.Output.Text);
    }

    [Fact]
    public async Task Marks_a_message_that_breaks_the_chain_before_its_text()
    {
        await using var run = new ConsoleRun(ConsoleFrontEnd.ListenVerb);
        run.Messenger.Receive(ConsoleRun.Bob, "it is me", breaksChain: true);
        await run.Output.WaitForAsync("it is me\n", ConsoleRun.Limit);
        Assert.Equal("[13:00:00] bob (BREAKS CHAIN!) > it is me\n", run.Output.Text);
    }

    [Fact]
    public async Task Tells_when_a_contact_goes_over_to_a_suite_loses_it_and_has_it_again()
    {
        var bob = new Contact(ConsoleRun.Bob, TrustState.Pinned, new Fingerprint("01"), null, 0);
        var better = bob with { Suite = "nes2", SuiteKeys = new Fingerprint("02") };
        await using var run = new ConsoleRun(ConsoleFrontEnd.ListenVerb, messenger => messenger.Change(bob));
        run.Messenger.Change(better);
        run.Messenger.Change(better with { SuiteRefusal = SuiteRefusal.Missing });
        run.Messenger.Change(better);
        run.Messenger.Change(better with { Suite = null });
        await run.Errors.WaitForAsync("do not go by suite nes2 any more\n", ConsoleRun.Limit);
        Assert.Equal(
            ["messages to bob go by suite nes2", "warning: bob has used suite nes2", "suite nes2", "messages to bob do not go by suite nes2"],
            run.Errors.Lines.Where(line => line.Contains("nes2", StringComparison.Ordinal)).Select(line => line[..line.IndexOf("nes2", StringComparison.Ordinal)] + "nes2"));
    }

    [Fact]
    public async Task Warns_when_a_contact_does_not_see_what_is_published_and_tells_when_that_is_over()
    {
        var bob = new Contact(ConsoleRun.Bob, TrustState.Pinned, new Fingerprint("01"), null, 0);
        await using var run = new ConsoleRun(ConsoleFrontEnd.ListenVerb, messenger => messenger.Change(bob));
        run.Messenger.Change(bob with { WithheldSuite = "nes2" });
        run.Messenger.Change(bob with { WithheldSuite = "nes2", Unread = 1 });
        run.Messenger.Change(bob);
        await run.Errors.WaitForAsync("published for suite nes2 now\n", ConsoleRun.Limit);
        Assert.Equal(
            ["warning: bob says that they do not see what you have published for suite nes2", "bob sees what you have published for suite nes2"],
            run.Errors.Lines.Where(line => line.Contains("nes2", StringComparison.Ordinal)).Select(line => line[..line.IndexOf("nes2", StringComparison.Ordinal)] + "nes2"));
    }

    [Fact]
    public async Task Marks_a_message_under_changed_keys_before_its_text()
    {
        await using var run = new ConsoleRun(ConsoleFrontEnd.ListenVerb);
        run.Messenger.Receive(ConsoleRun.Bob, "it is me", underChangedKey: true);
        await run.Output.WaitForAsync("it is me\n", ConsoleRun.Limit);
        Assert.Equal("[13:00:00] bob (CHANGED KEY!) > it is me\n", run.Output.Text);
    }

    [Fact]
    public async Task Marks_a_message_out_of_time_with_its_day()
    {
        await using var run = new ConsoleRun(ConsoleFrontEnd.ListenVerb);
        run.Messenger.Receive(ConsoleRun.Bob, "again", StoppedClock.Noon.AddDays(-30), isOutOfTime: true);
        await run.Output.WaitForAsync("again\n", ConsoleRun.Limit);
        Assert.Equal("[13:00:00] bob (OUT OF TIME: 2026-10-23) > again\n", run.Output.Text);
    }

    [Fact]
    public async Task Marks_a_stranger_before_the_text_and_says_once_what_to_do()
    {
        await using var run = new ConsoleRun(ConsoleFrontEnd.ListenVerb);
        run.Messenger.Receive(ConsoleRun.Bob, "one", isRequest: true);
        run.Messenger.Receive(ConsoleRun.Bob, "two", isRequest: true);
        run.Messenger.Receive(ConsoleRun.Bob, "end");
        await run.Output.WaitForAsync("end\n", ConsoleRun.Limit);
        Assert.Equal(["[13:00:00] bob (STRANGER) > one", "[13:00:00] bob (STRANGER) > two", "[13:00:00] bob > end"], run.Output.Lines);
        Assert.Single(run.Errors.Lines, line => line == "bob is a stranger: nes contacts accept bob, or nes contacts block bob");
    }

    [Fact]
    public async Task Tells_of_keys_that_were_accepted_because_the_old_ones_signed_them()
    {
        var bob = new Contact(ConsoleRun.Bob, TrustState.Pinned, new Fingerprint("01"), null, 0);
        await using var run = new ConsoleRun(ConsoleFrontEnd.ListenVerb, messenger => messenger.Change(bob));
        run.Messenger.Change(bob with { Pinned = new Fingerprint("02"), PinnedBy = PinOrigin.SignedChange });
        await run.Errors.WaitForAsync("the keys of bob have changed; the old ones signed the new ones", ConsoleRun.Limit);
    }

    [Fact]
    public async Task Says_on_the_error_output_how_the_connection_is()
    {
        await using var run = new ConsoleRun(ConsoleFrontEnd.ListenVerb, messenger => messenger.Change(ConnectionState.Starting));
        await run.Errors.WaitForAsync("connecting\n", ConsoleRun.Limit);
        run.Messenger.Change(ConnectionState.Online);
        run.Messenger.Change(ConnectionState.Reconnecting, "timed out\u001b[2J");
        await run.Errors.WaitForAsync("timed out", ConsoleRun.Limit);
        Assert.Equal(["connecting", "online", "connection lost: timed out␛[2J"], run.Errors.Lines);
        Assert.Empty(run.Output.Text);
    }

    [Fact]
    public async Task Warns_of_changed_keys()
    {
        await using var run = new ConsoleRun(ConsoleFrontEnd.ListenVerb);
        var changed = new Contact(ConsoleRun.Bob, TrustState.Changed, new Fingerprint("01"), new Fingerprint("02"), 0);
        run.Messenger.Change(changed);
        run.Messenger.Change(changed with { Unread = 1 });
        run.Messenger.Receive(ConsoleRun.Carol, "end");
        await run.Output.WaitForAsync("end\n", ConsoleRun.Limit);
        Assert.Single(run.Errors.Lines, line => line.Contains("the keys of bob have changed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Vouching.Plain, "does not prove")]
    [InlineData(Vouching.Proved, "proved by the key directory")]
    public async Task Says_once_how_far_new_keys_are_vouched_for(Vouching vouched, string notice)
    {
        await using var run = new ConsoleRun(ConsoleFrontEnd.ListenVerb);
        run.Messenger.Receive(Username.Parse("dave"), "it listens");
        await run.Output.WaitForAsync("it listens", ConsoleRun.Limit);
        var bob = new Contact(ConsoleRun.Bob, TrustState.Pinned, new Fingerprint("01"), null, 0) { Vouched = vouched };
        run.Messenger.Change(bob);
        run.Messenger.Change(bob with { Unread = 1 });
        run.Messenger.Change(bob with { User = Username.Parse("carol"), Vouched = Vouching.None });
        run.Messenger.Receive(ConsoleRun.Bob, "hello");
        await run.Output.WaitForAsync("hello", ConsoleRun.Limit);
        Assert.Contains(notice, Assert.Single(run.Errors.Lines, line => line.Contains("first time", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_nothing_but_messages_where_it_is_to_be_quiet()
    {
        await using var run = new ConsoleRun(ConsoleFrontEnd.ListenVerb, with: request => request with { Quiet = true });
        run.Messenger.Change(ConnectionState.Reconnecting, "timed out");
        run.Messenger.Receive(ConsoleRun.Bob, "hello");
        await run.Output.WaitForAsync("hello", ConsoleRun.Limit);
        Assert.Empty(run.Errors.Text);
    }

    [Fact]
    public async Task Is_done_when_it_is_cancelled()
    {
        await using var run = new ConsoleRun(ConsoleFrontEnd.ListenVerb);
        Assert.Equal(ExitCode.Done, await run.CancelAsync());
    }

    [Fact]
    public async Task Says_that_the_session_has_ended()
    {
        await using var run = new ConsoleRun(ConsoleFrontEnd.ListenVerb);
        run.Messenger.End();
        Assert.Equal(ExitCode.Network, await run.EndedAsync());
        Assert.Contains("the session has ended", run.Errors.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prints_to_a_closed_error_output_without_stopping()
    {
        await using var closed = new PluginContracts.FrontEnd.ClosedWriter();
        await using var run = new ConsoleRun(ConsoleFrontEnd.ListenVerb, with: request => request with { Console = request.Console with { Error = closed } });
        run.Messenger.Change(ConnectionState.Reconnecting, "timed out");
        run.Messenger.Receive(ConsoleRun.Bob, "hello");
        await run.Output.WaitForAsync("hello", ConsoleRun.Limit);
    }
}
