using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.PluginContracts.FrontEnd;

/// <summary>What a verb promises besides where it prints messages to a program's output for people.</summary>
public abstract class PrintingFrontEndSpec : FrontEndSpec
{
    /// <summary>Texts that would change a terminal or deceive its reader if they were shown as they are.</summary>
    public static TheoryData<string, string> HostileTexts => new()
    {
        { "a window title", "\u001b]0;owned\u0007" },
        { "a cleared screen", "\u001b[2J\u001b[H" },
        { "a control sequence of one character", "\u009b31m" },
        { "a line written over", "pay 1\rpay 1000" },
        { "a bell and backspaces", "\u0007\b\b\b" },
        { "a reordered line", "\u202Egnp.exe" },
        { "an isolate without an end", "\u2067abc" },
        { "a mark of direction", "a\u200Fb\u200Ec\u061Cd" },
        { "something hidden", "sec\u200Bret\u2060\uFEFF" },
        { "half a character", "\ud83d" },
        { "a delete", "\u007f" },
    };

    /// <summary>A message that arrives is printed with its sender, and is read then.</summary>
    [Fact]
    public async Task Prints_a_message_with_its_sender_and_marks_it_read()
    {
        using var ending = new CancellationTokenSource();
        using var input = new TypedInput();
        await using var output = new RecordingWriter();
        var running = RunAsync(input, output, ending.Token);
        Messenger.Receive(Bob, "Hello Alice 日本 👋");
        await output.WaitForAsync("Hello Alice 日本 👋", Limit);
        Assert.Contains("bob", output.Text, StringComparison.Ordinal);
        using var patience = new CancellationTokenSource(Limit);
        await foreach (var happened in Messenger.EventsAsync(0, patience.Token))
        {
            if (happened is ContactChanged { Cursor: > 2, Contact.Unread: 0 }) break;
        }
        await ending.CancelAsync();
        await running.WaitAsync(Limit);
    }

    /// <summary>Nothing of a message reaches the terminal but characters to be seen.</summary>
    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task Shows_hostile_text_without_control_characters(string name, string text)
    {
        using var ending = new CancellationTokenSource();
        using var input = new TypedInput();
        await using var output = new RecordingWriter();
        var running = RunAsync(input, output, ending.Token);
        Messenger.Receive(Bob, text + " end");
        await output.WaitForAsync(" end", Limit);
        Assert.False(output.Text.Any(IsUnsafe), $"{name} came through");
        await ending.CancelAsync();
        await running.WaitAsync(Limit);
    }

    /// <summary>Whoever read the output has gone: the front-end ends quietly.</summary>
    [Fact]
    public async Task Ends_quietly_when_its_output_is_closed()
    {
        using var input = new TypedInput();
        await using var output = new ClosedWriter();
        var running = RunAsync(input, output, CancellationToken.None);
        Messenger.Receive(Bob, "hello");
        Assert.Equal(ExitCode.Done, await running.WaitAsync(Limit));
    }

    private static bool IsUnsafe(char character) =>
        (char.IsControl(character) && character != '\n') || char.IsSurrogate(character) ||
        character is '\u061C' or '\u200B' or '\u2060' or '\uFEFF' or (>= '\u200E' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
