using NesActors.Contracts.FrontEnd;

namespace NesActors.FrontEnd.Tests.Plain;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Hello, world ~")]
    [InlineData("Zażółć gęślą jaźń")]
    [InlineData("日本語 한국어 ไทย עברית العربية")]
    [InlineData("👨‍👩‍👧 👍🏽 🏳️‍🌈 ❤️ 🇵🇱")]
    [InlineData("🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F")]
    [InlineData("نامه‌ای")]
    [InlineData("e\u0301\u0323")]
    [InlineData("क्‍ष")]
    public void Leaves_what_people_write_as_it_is(string text) => Assert.Equal(text, TerminalText.Escape(text));

    [Theory]
    [InlineData("\u001b[31m", "␛[31m")]
    [InlineData("\0\a\b\n\r\u007f", "␀␇␈␊␍␡")]
    [InlineData("a\tb", "a    b")]
    [InlineData("\u0085\u009b31m", "<U+0085><U+009B>31m")]
    [InlineData("\u202Eabc\u202C", "<U+202E>abc<U+202C>")]
    [InlineData("\u2066\u2069\u200E\u200F\u061C", "<U+2066><U+2069><U+200E><U+200F><U+061C>")]
    [InlineData("pay\u200Bpal\uFEFF\u00AD\u2060", "pay<U+200B>pal<U+FEFF><U+00AD><U+2060>")]
    [InlineData("a\u200Db\u200Cc", "a<U+200D>b<U+200C>c")]
    [InlineData("\u2028\u2029", "<U+2028><U+2029>")]
    [InlineData("\u3164\u115F", "<U+3164><U+115F>")]
    [InlineData("\U000E0041\U000E0042", "<U+E0041><U+E0042>")]
    [InlineData("\uFFF9\u206A", "<U+FFF9><U+206A>")]
    public void Shows_what_would_act_or_hide(string text, string shown) => Assert.Equal(shown, TerminalText.Escape(text));

    [Fact]
    public void Replaces_halves_of_characters()
    {
        Assert.Equal("\uFFFDa\uFFFD", TerminalText.Escape("\ud83da\udc4b"));
        Assert.Equal("\uFFFD", TerminalText.Escape("\ud83d"));
    }

    [Fact]
    public void Limits_the_marks_on_one_character()
    {
        var shown = TerminalText.Escape("a" + new string('\u0301', 100) + "b\u0301");
        Assert.StartsWith("a" + new string('\u0301', 8) + "<U+0301>", shown, StringComparison.Ordinal);
        Assert.EndsWith("b\u0301", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_how_many_characters_join_to_one()
    {
        var shown = TerminalText.Escape(string.Join('\u200D', Enumerable.Repeat("👨", 50)));
        Assert.Contains("<U+200D>", shown, StringComparison.Ordinal);
        Assert.Equal(8, shown.Count(character => character == '\u200D'));
    }

    [Fact]
    public void Splits_at_every_kind_of_line_break() =>
        Assert.Equal(["a", "b", "c", "d", "e", "f", ""], TerminalText.Lines("a\nb\r\nc\rd\u2028e\u0085f\n"));
}
