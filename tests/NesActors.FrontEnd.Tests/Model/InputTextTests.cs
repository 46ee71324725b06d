using NesActors.FrontEnd.Console.Chat.Model;

namespace NesActors.FrontEnd.Tests.Model;

public sealed class InputTextTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("日")]
    [InlineData("👨‍👩‍👧")]
    [InlineData("e\u0301")]
    [InlineData("👍🏽")]
    [InlineData("\n")]
    public void Moves_over_and_removes_whole_characters(string character)
    {
        var input = InputText.Of($"x{character}y").Left().Left();
        Assert.Equal(1, input.Cursor);
        Assert.Equal("xy", input.Delete().Text);
        Assert.Equal("xy", input.Right().Backspace().Text);
    }

    [Fact]
    public void Stays_at_the_ends()
    {
        Assert.Equal(InputText.Empty, InputText.Empty.Left().Backspace().Delete().WordLeft().DeleteWord().Up().Down());
        Assert.Equal(1, InputText.Of("a").Right().WordRight().End().Cursor);
    }

    [Fact]
    public void Joins_typed_pieces_to_one_character()
    {
        var input = InputText.Empty.Insert("👨").Insert("\u200D").Insert("👩");
        Assert.Equal("👨\u200D👩", input.Text);
        Assert.Equal("", input.Backspace().Text);
    }

    [Fact]
    public void Puts_text_in_at_the_cursor() => Assert.Equal("a-b", InputText.Of("ab").Left().Insert("-").Text);

    [Fact]
    public void Moves_by_words_and_removes_them()
    {
        var input = InputText.Of("one two  three");
        Assert.Equal(9, input.WordLeft().Cursor);
        Assert.Equal(4, input.WordLeft().WordLeft().Cursor);
        Assert.Equal(3, input.WordLeft().WordLeft().WordLeft().WordRight().Cursor);
        Assert.Equal("one two  ", input.DeleteWord().Text);
    }

    [Fact]
    public void Moves_between_lines_at_the_same_column()
    {
        var input = InputText.Of("first\nab\nthird").Left();
        Assert.Equal(8, input.Up().Cursor);
        Assert.Equal(2, input.Up().Up().Cursor);
        Assert.True(input.IsInLastLine);
        Assert.True(input.Up().Up().IsInFirstLine);
        Assert.Equal(8, input.Up().Up().Down().Cursor);
    }

    [Fact]
    public void Works_on_the_line_of_the_cursor_alone()
    {
        var input = InputText.Of("one\ntwo\nthree").Up();
        Assert.Equal("one\n\nthree", input.End().DeleteToStart().Text);
        Assert.Equal("one\n\nthree", input.Home().DeleteToEnd().Text);
    }
}
