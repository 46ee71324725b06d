using NesActors.Contracts;
using NesActors.FrontEnd.Console.Chat.Layout;
using NesActors.FrontEnd.Console.Chat.Model;
using NesActors.FrontEnd.Tests.Model;

namespace NesActors.FrontEnd.Tests.Layout;

public sealed class LayoutTests
{
    [Theory]
    [InlineData("one two three", 8, "one two|three")]
    [InlineData("one two", 7, "one two")]
    [InlineData("abcdefghij", 4, "abcd|efgh|ij")]
    [InlineData("日本語テキスト", 5, "日本|語テ|キス|ト")]
    [InlineData("a日本", 4, "a日|本")]
    [InlineData("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 4, "👨‍👩‍👧👨‍👩‍👧|👨‍👩‍👧")]
    [InlineData("", 5, "")]
    [InlineData("  indented line", 10, "  indented|line")]
    [InlineData("word      ", 5, "word")]
    public void Wraps_by_columns(string line, int width, string expected) =>
        Assert.Equal(expected, string.Join('|', TextWrap.Wrap(line, width, width).Select(row => row.TrimEnd())));

    [Theory]
    [InlineData(80, 24)]
    [InlineData(20, 6)]
    [InlineData(4, 2)]
    [InlineData(7, 3)]
    [InlineData(200, 60)]
    public void Fills_every_size_of_terminal_exactly(int width, int height)
    {
        var chat = new Chat(width, height).Open(Chat.Bob);
        chat.Receive(Chat.Bob, "日本語テキスト 👨‍👩‍👧 and a word-that-is-much-longer-than-any-row-of-this-terminal\nsecond line");
        chat.Receive(Chat.Carol, "hi");
        chat.Do(new Typed("typing 日本語"), new Pasted("\nmore\nlines\nthan\nfit\nhere")).Do(new Resized(width, height));
        var image = ChatLayout.Render(chat.State);
        Assert.Equal(height, image.Rows.Length);
        Assert.All(image.Rows, row => Assert.Equal(width, row.Width));
        Assert.InRange(image.CursorRow, 0, height - 1);
        Assert.InRange(image.CursorColumn, 0, width - 1);
    }

    [Fact]
    public void Begins_each_day_with_its_name()
    {
        var chat = new Chat().Open(Chat.Bob);
        chat.Receive(Chat.Bob, "yesterday", ago: TimeSpan.FromHours(14));
        chat.Receive(Chat.Bob, "today");
        Assert.Equal("""
            ── Saturday, 21 November 2026 ─────────────────────────────
            23:00   bob   > yesterday
            ── Sunday, 22 November 2026 ───────────────────────────────
            13:00   bob   > today
            """, chat.Conversation);
    }

    [Fact]
    public void Tells_when_a_message_was_written_if_that_was_long_before()
    {
        var chat = new Chat().Open(Chat.Bob);
        chat.Receive(Chat.Bob, "late", late: TimeSpan.FromDays(2));
        Assert.Contains("written 20 Nov 2026 13:00 by its sender's clock", chat.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_hostile_text_without_control_characters_and_below_its_name()
    {
        var chat = new Chat().Open(Chat.Bob);
        chat.Receive(Chat.Bob, "\u001b[2J\u202Eevil\n13:00   carol > fake");
        Assert.Equal("""
            ── Sunday, 22 November 2026 ───────────────────────────────
            13:00   bob   > ␛[2J<U+202E>evil
                            13:00   carol > fake
            """, chat.Conversation);
    }

    [Fact]
    public void Puts_the_cursor_behind_wide_characters_and_on_the_next_row_where_the_row_is_full()
    {
        var wide = InputRows.Of(InputText.Of("日本"), 20);
        Assert.Equal((0, 6), (wide.CursorRow, wide.CursorColumn));
        var wrapped = InputRows.Of(InputText.Of("abcdefgh"), 8);
        Assert.Equal(["> abcde", "  fgh"], wrapped.Rows.Select(row => row.ToString()));
        Assert.Equal((1, 5), (wrapped.CursorRow, wrapped.CursorColumn));
    }

    [Fact]
    public void Shows_the_part_of_a_long_input_where_the_cursor_is()
    {
        var input = InputRows.Of(InputText.Of("1\n2\n3\n4\n5").Up().Up(), 20).Around(2);
        Assert.Equal(["  2", "  3"], input.Rows.Select(row => row.ToString()));
        Assert.Equal(1, input.CursorRow);
    }

    [Fact]
    public void Draws_the_longest_message_of_the_worst_kind_as_any_other()
    {
        var chat = new Chat().Open(Chat.Bob);
        chat.Receive(Chat.Bob, new string('\n', Message.MaxTextBytes));
        chat.Receive(Chat.Bob, string.Concat(Enumerable.Repeat("👨‍👩‍👧", Message.MaxTextBytes / 18)));
        chat.Press(ChatKey.PageUp, ChatKey.PageUp);
        Assert.Equal(16, ChatLayout.Render(chat.State).Rows.Length);
    }
}
