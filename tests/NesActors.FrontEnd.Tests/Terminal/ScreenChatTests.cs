using NesActors.Testing;

namespace NesActors.FrontEnd.Tests.Terminal;

/// <summary>The chat in a real terminal, with a program of its own and a session that echoes.</summary>
public sealed class ScreenChatTests
{
    private const string Status = "alice · online";

    [RealPartFact("tmux")]
    public async Task Talks_both_ways_with_wide_characters()
    {
        await using var terminal = await StartAsync();
        await terminal.EnterAsync("Hello Bob 日本語 👨‍👩‍👧!");
        await terminal.SeesAsync("✓ alice > Hello Bob 日本語 👨‍👩‍👧!");
        await terminal.SeesAsync("  bob   > echo: Hello Bob 日本語 👨‍👩‍👧!");
    }

    [RealPartFact("tmux")]
    public async Task Works_in_a_terminal_that_says_it_is_screen() => await EchoesInAsync("screen-256color");

    [RealPartFact("tmux")]
    public async Task Works_in_a_terminal_that_says_it_is_xterm() => await EchoesInAsync("xterm-256color");

    [RealPartFact("tmux")]
    public async Task Marks_what_waits_what_failed_and_what_nobody_can_know()
    {
        await using var terminal = await StartAsync();
        await terminal.EnterAsync("wait");
        await terminal.EnterAsync("fail");
        await terminal.EnterAsync("lose");
        await terminal.SeesAsync("… alice > wait");
        await terminal.SeesAsync("✗ alice > fail");
        await terminal.SeesAsync("the key directory knows no bob");
        await terminal.SeesAsync("? alice > lose");
    }

    [RealPartFact("tmux")]
    public async Task Keeps_the_lines_of_a_paste_and_sends_them_as_one_message()
    {
        await using var terminal = await StartAsync();
        await terminal.PasteAsync("one\ntwo\nthree");
        await terminal.MatchesAsync("> one\n  two\n  three");
        await terminal.PressAsync("Enter");
        await terminal.MatchesAsync("alice > one\n +two\n +three");
        await terminal.MatchesAsync("bob   > echo: one\n +two\n +three");
    }

    [RealPartFact("tmux")]
    public async Task Begins_another_line_by_ctrl_j_and_by_alt_enter()
    {
        await using var terminal = await StartAsync();
        await terminal.TypeAsync("one");
        await terminal.PressAsync("C-j");
        await terminal.TypeAsync("two");
        await terminal.MatchesAsync("> one\n  two");
        await terminal.PressAsync("M-Enter");
        await terminal.HasCursorAtAsync(2);
        await terminal.TypeAsync("three");
        await terminal.MatchesAsync("> one\n  two\n  three");
    }

    [RealPartFact("tmux")]
    public async Task Shows_older_messages_by_page_up_and_by_the_wheel()
    {
        await using var terminal = await StartAsync("CHAT_SCRIPT=history");
        await terminal.SeesAsync("message number 250");
        await terminal.PressAsync("PPage");
        await terminal.SeesNoMoreAsync("message number 250");
        await terminal.SeesAsync("message number 215");
        await terminal.PressAsync("NPage");
        await terminal.SeesAsync("message number 250");
        // ESC [ < 64 ; column ; row M: the wheel, as terminals report it.
        await terminal.PressAsync("-H", "1b", "5b", "3c", "36", "34", "3b", "35", "3b", "35", "4d");
        await terminal.SeesNoMoreAsync("message number 250");
    }

    [RealPartFact("tmux")]
    public async Task Fits_itself_to_another_size_of_the_terminal()
    {
        await using var terminal = await StartAsync();
        await terminal.EnterAsync("a line that is much too long for a terminal of thirty columns");
        await terminal.SeesAsync("bob   > echo: a line");
        await terminal.ResizeAsync(30, 14);
        var screen = await terminal.MatchesAsync(@"^ alice · online +/help$");
        Assert.Contains("echo: a line", screen, StringComparison.Ordinal);
        await terminal.ResizeAsync(120, 40);
        await terminal.SeesAsync("bob   > echo: a line that is much too long for a terminal of thirty columns");
    }

    [RealPartFact("tmux")]
    public async Task Counts_what_others_say_and_goes_to_them()
    {
        await using var terminal = await StartAsync();
        await terminal.EnterAsync("others");
        await terminal.MatchesAsync(@"2 carol +\(2\)│");
        await terminal.MatchesAsync(@"3 dave +\(1\)│");
        await terminal.SeesAsync("3 unread elsewhere");
        await terminal.PressAsync("C-n");
        await terminal.SeesAsync("carol > hello from carol");
        await terminal.SeesAsync("1 unread elsewhere");
        await terminal.PressAsync("M-3");
        await terminal.SeesAsync("dave  > dave here");
        await terminal.SeesNoMoreAsync("unread elsewhere");
        await terminal.EnterAsync("/chat bob");
        await terminal.SeesAsync("alice > others");
        await terminal.PressAsync("F2");
        await terminal.SeesNoMoreAsync("│");
    }

    [RealPartFact("tmux")]
    public async Task Shows_hostile_text_as_text()
    {
        await using var terminal = await StartAsync();
        await terminal.EnterAsync("hostile");
        await terminal.SeesAsync("␛]0;owned␇␛[2Jcleared");
        await terminal.MatchesAsync(@"^ +\[12:00:00\] carol > fake");
    }

    [RealPartFact("tmux")]
    public async Task Warns_of_changed_keys_and_takes_the_new_ones_when_told()
    {
        await using var terminal = await StartAsync("CHAT_SCRIPT=changed");
        await terminal.SeesAsync("KEYS CHANGED");
        await terminal.SeesAsync("! bob   > it is me, honestly");
        await terminal.EnterAsync("/trust");
        await terminal.SeesAsync("0123 4567 89ab cdef 0123 4567 89ab cdef");
        await terminal.EnterAsync("/trust fedc ba98 7654 3210");
        await terminal.SeesAsync("The new keys of bob are accepted");
        await terminal.SeesAsync("keys fedc ba98 7654 3210…");
    }

    [RealPartFact("tmux")]
    public async Task Keeps_strangers_apart_until_they_are_accepted_or_blocked()
    {
        await using var terminal = await StartAsync("CHAT_SCRIPT=requests");
        await terminal.SeesAsync("─ requests (2)");
        await terminal.SeesNoMoreAsync("buy my things");
        await terminal.EnterAsync("/chat mallory");
        await terminal.SeesAsync("mallory > buy my things");
        await terminal.SeesAsync("a stranger: /accept or /block; answering accepts");
        await terminal.EnterAsync("/block");
        await terminal.SeesAsync("BLOCKED: /unblock");
        await terminal.SeesAsync("─ requests (1)");
        await terminal.EnterAsync("/chat trudy");
        await terminal.SeesAsync("trudy > click here ␛[31m");
        await terminal.EnterAsync("who are you?");
        await terminal.SeesNoMoreAsync("requests");
    }

    [RealPartFact("tmux")]
    public async Task Shows_a_safety_number_and_marks_whoever_was_compared()
    {
        await using var terminal = await StartAsync("CHAT_SCRIPT=requests");
        await terminal.EnterAsync("/verify");
        await terminal.MatchesAsync(@"(\d{5} ){3}\d{5}");
        await terminal.EnterAsync("/verify yes");
        await terminal.SeesAsync("verified ◆ keys 0123");
    }

    [RealPartFact("tmux")]
    public async Task Begins_with_the_contacts_where_nobody_was_named()
    {
        await using var terminal = await StartAsync("CHAT_SCRIPT=offline", peer: "", status: "connection lost: no route to ␛[31mhost");
        await terminal.SeesAsync("/chat NAME");
        await terminal.EnterAsync("/chat bob");
        await terminal.EnterAsync("hello");
        await terminal.SeesAsync("… alice > hello");
    }

    [RealPartFact("tmux")]
    public async Task Uses_colours_unless_told_not_to()
    {
        await using (var terminal = await StartAsync())
        {
            Assert.Contains("\u001b[32m", await terminal.ColouredScreenAsync(), StringComparison.Ordinal);
        }
        await using var plain = await StartAsync("NO_COLOR=1");
        await plain.EnterAsync("hello");
        await plain.SeesAsync("echo: hello");
        Assert.DoesNotMatch("\u001b\\[[0-9;]*(3[0-8]|9[0-7])(;[0-9]+)*m", await plain.ColouredScreenAsync());
    }

    private static async Task EchoesInAsync(string term)
    {
        await using var terminal = await StartAsync(term: term);
        await terminal.EnterAsync("hello");
        await terminal.SeesAsync("bob   > echo: hello");
    }

    private static async Task<TmuxTerminal> StartAsync(string environment = "", string peer = "bob", string status = Status, string term = "tmux-256color")
    {
        var terminal = await TmuxTerminal.StartAsync(term);
        await terminal.EnterAsync($"env {environment} {ChatHostProgram.Command} chat {peer}");
        await terminal.SeesAsync(status);
        return terminal;
    }
}
