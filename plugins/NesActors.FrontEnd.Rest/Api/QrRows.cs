using QRCoder;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary>A QR code (ISO/IEC 18004) for whoever draws it: no picture, which a page that makes no markup of texts could not show without another request.</summary>
internal static class QrRows
{
    /// <summary>A code of digits, which numeric mode makes small: 60 of them take 25 modules a side, and the quiet zone of four around.</summary>
    /// <returns>Its rows, a character of 0 or 1 a module.</returns>
    public static IReadOnlyList<string> Of(string digits)
    {
        using var code = QRCodeGenerator.GenerateQrCode(digits, QRCodeGenerator.ECCLevel.M);
        return [.. code.ModuleMatrix.Select(row => string.Create(row.Count, row, (characters, modules) =>
        {
            for (var column = 0; column < characters.Length; column++) characters[column] = modules[column] ? '1' : '0';
        }))];
    }
}
