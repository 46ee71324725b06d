using System.Diagnostics.CodeAnalysis;

namespace NesActors.Contracts;

/// <summary>
/// The name of a user: 3 to 32 characters of <c>a–z 0–9 _ -</c>. A value of this type is always valid, so it may stand in a topic,
/// a URL or a file name as it is.
/// </summary>
public readonly record struct Username : IComparable<Username>
{
    /// <summary>The least number of characters.</summary>
    public const int MinLength = 3;

    /// <summary>The greatest number of characters.</summary>
    public const int MaxLength = 32;

    private readonly string? _value;

    private Username(string value) => _value = value;

    /// <summary>The name. Never empty.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(Username)</c>, which names nobody.</exception>
    public string Value => _value ?? throw new InvalidOperationException("This username was never set.");

    /// <summary>Takes exactly what the wire allows: another spelling, upper case for instance, is not a username.</summary>
    /// <param name="text">Any text, also a hostile one.</param>
    /// <param name="username">The name, where the result is <see langword="true"/>.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out Username username)
    {
        username = default;
        if (text is null || text.Length is < MinLength or > MaxLength) return false;
        foreach (var c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-')) return false;
        }
        username = new Username(text);
        return true;
    }

    /// <summary>Takes what the program itself knows to be a username.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is not a username.</exception>
    public static Username Parse(string text) =>
        TryParse(text, out var username)
            ? username
            : throw new FormatException("A username is 3 to 32 characters of a-z, 0-9, _ and -.");

    /// <summary>Ordinal order, for lists.</summary>
    public int CompareTo(Username other) => string.CompareOrdinal(_value, other._value);

    /// <inheritdoc/>
    public override string ToString() => _value ?? "";
}
