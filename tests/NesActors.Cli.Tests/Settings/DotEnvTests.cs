using NesActors.Cli.Settings;

namespace NesActors.Cli.Tests.Settings;

public class DotEnvTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("A = two words  ", "two words")]
    [InlineData("A: yaml", "yaml")]
    [InlineData("export A=1", "1")]
    [InlineData("  export   A = 1", "1")]
    [InlineData("A=", "")]
    [InlineData("A=b=c:d", "b=c:d")]
    [InlineData("A=tcp://host:1883 # the broker", "tcp://host:1883")]
    [InlineData("A=p#w", "p#w")]
    [InlineData("A=# nothing", "")]
    [InlineData("A='lit $B \\n # x'", "lit $B \\n # x")]
    [InlineData("A=\"say \\\"hi\\\" \\n # x\" # comment", "say \"hi\" \n # x")]
    [InlineData("A=\"\\$B\"", "$B")]
    [InlineData("A=\\$B", "$B")]
    [InlineData("A=C:\\path\\n", "C:\\path\\n")]
    [InlineData("A=1\r", "1")]
    [InlineData("A=1\nA=2", "2")]
    public void Reads_a_line_as_the_original_does(string text, string value) => Assert.Equal(value, DotEnv.Parse(text)["A"]);

    [Fact]
    public void Puts_earlier_values_in_place_of_their_names()
    {
        var values = DotEnv.Parse("HOST=example.org\nA=tcp://$HOST:1883\nB=\"${HOST}x\"\nC=$UNKNOWN.\nD=5$ ${\n");
        Assert.Equal("tcp://example.org:1883", values["A"]);
        Assert.Equal("example.orgx", values["B"]);
        Assert.Equal(".", values["C"]);
        Assert.Equal("5$ ${", values["D"]);
    }

    [Fact]
    public void Skips_comments_and_blank_lines() => Assert.Equal(["A"], DotEnv.Parse("# one\n\n   \n  # two\nA=1\n").Keys);

    [Theory]
    [InlineData("A=1\nnonsense secret-word\n", "line 2")]
    [InlineData("A='open secret-word", "line 1")]
    [InlineData("A=\"x\" secret-word", "line 1")]
    [InlineData("=secret-word", "line 1")]
    [InlineData("A B=secret-word", "line 1")]
    public void Names_the_line_it_cannot_read_and_not_what_is_in_it(string text, string line)
    {
        var error = Assert.Throws<FormatException>(() => DotEnv.Parse(text));
        Assert.Contains(line, error.Message);
        Assert.DoesNotContain("secret-word", error.Message);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData(" blanks ")]
    [InlineData("p#w $HOME 'q' \"d\" \\ \n end")]
    [InlineData("it's")]
    [InlineData("a\"b")]
    [InlineData("$A")]
    [InlineData("C:\\dir")]
    [InlineData("ends with \\")]
    public void Reads_what_it_wrote(string value) => Assert.Equal(value, DotEnv.Parse(DotEnv.Format("A", value))["A"]);

    [Fact]
    public void Rewriting_keeps_comments_and_other_keys_and_order()
    {
        var text = DotEnv.Rewrite("# mine\nB = old\nOTHER=1\n\nB = twice\n", new Dictionary<string, string> { ["A"] = "1", ["B"] = "new" });
        Assert.Equal("# mine\nB = new\nOTHER=1\n\nA = 1\n", text);
    }

    [Fact]
    public void Rewriting_nothing_gives_the_new_lines_alone() =>
        Assert.Equal("A = 1\n", DotEnv.Rewrite("", new Dictionary<string, string> { ["A"] = "1" }));
}
