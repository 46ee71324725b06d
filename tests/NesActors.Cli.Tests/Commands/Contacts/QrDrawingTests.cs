using NesActors.Cli.Commands.Contacts;

namespace NesActors.Cli.Tests.Commands.Contacts;

public sealed class QrDrawingTests
{
    private const string BlackOnWhite = "\u001b[38;5;16;48;5;231m", Reset = "\u001b[0m";

    [Fact]
    public void Draws_sixty_digits_in_seventeen_rows_with_a_white_frame()
    {
        var rows = QrDrawing.Of(string.Concat(Enumerable.Repeat("0123456789", 6))).TrimEnd('\n').Split('\n');
        Assert.Equal(17, rows.Length);
        var drawn = rows.Select(row => row[BlackOnWhite.Length..^Reset.Length]).ToArray();
        Assert.All(rows, row => Assert.True(row.StartsWith(BlackOnWhite, StringComparison.Ordinal) && row.EndsWith(Reset, StringComparison.Ordinal)));
        Assert.All(drawn, row => Assert.Equal(33, row.Length));
        Assert.All(drawn, row => Assert.True(string.IsNullOrWhiteSpace(row[..4]) && string.IsNullOrWhiteSpace(row[^4..])));
        Assert.All([drawn[0], drawn[1], drawn[15], drawn[16]], row => Assert.True(string.IsNullOrWhiteSpace(row) || row == drawn[15]));
        // The finder pattern, upper left: seven dark modules, below them the inner square.
        Assert.Equal(["█▀▀▀▀▀█", "█ ███ █", "█ ▀▀▀ █", "▀▀▀▀▀▀▀"], drawn[2..6].Select(row => row[4..11]));
    }
}
