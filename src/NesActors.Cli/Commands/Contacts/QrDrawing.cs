using System.Text;
using QRCoder;

namespace NesActors.Cli.Commands.Contacts;

/// <summary>
/// A QR code in a terminal: two modules a character, black on white by the colours of the fixed palette (16 and 231 of 256), so that neither a dark nor a light theme inverts it, with the quiet
/// zone of four modules that ISO/IEC 18004 asks for.
/// </summary>
internal static class QrDrawing
{
    private const string BlackOnWhite = "\u001b[38;5;16;48;5;231m", Reset = "\u001b[0m";

    /// <summary>Draws digits.</summary>
    /// <returns>Lines, each with its end.</returns>
    public static string Of(string digits)
    {
        // Digits alone are put in numeric mode: 60 of them make version 2, 17 rows of a terminal.
        using var code = QRCodeGenerator.GenerateQrCode(digits, QRCodeGenerator.ECCLevel.M);
        var drawing = new StringBuilder();
        for (var row = 0; row < code.ModuleMatrix.Count; row += 2)
        {
            var (upper, lower) = (code.ModuleMatrix[row], row + 1 < code.ModuleMatrix.Count ? code.ModuleMatrix[row + 1] : null);
            drawing.Append(BlackOnWhite);
            for (var column = 0; column < upper.Count; column++) drawing.Append(Cell(upper[column], lower?[column] == true));
            drawing.Append(Reset).Append('\n');
        }
        return drawing.ToString();
    }

    private static char Cell(bool upper, bool lower) => (upper, lower) switch
    {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        _ => ' ',
    };
}
