namespace NesActors.Directory.Registration;

/// <summary>
/// What the original takes for an e-mail address: one <c>@</c> with something on both sides, 32 characters at most. Blanks and control
/// characters are refused besides: no mail goes to such an address, and they could forge a header of it.
/// </summary>
internal static class EmailAddress
{
    private const int MaxLength = 32;

    public static bool IsValid(string? text)
    {
        if (text is null || text.Length > MaxLength) return false;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0
            && at < text.Length - 1
            && text.LastIndexOf('@') == at
            && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));
    }
}
