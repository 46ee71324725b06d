using System.Globalization;
using Microsoft.AspNetCore.Http;
using NesActors.Contracts;

namespace NesActors.FrontEnd.Rest.Api;

/// <summary>Reads what stands in the address of a request; what makes no sense there is refused, and never guessed.</summary>
internal static class Parameters
{
    /// <summary>Refuses parameters that the route does not have: a slip of the pen must not change what a request means.</summary>
    /// <exception cref="ProblemException">There is one.</exception>
    public static void Only(HttpRequest request, params ReadOnlySpan<string> known)
    {
        foreach (var name in request.Query.Keys)
        {
            if (!known.Contains(name)) throw ProblemException.Invalid(known.Length == 0 ? "This route takes no parameters." : $"This route takes the parameters {string.Join(", ", known)}, and no other.");
        }
    }

    /// <summary>A username.</summary>
    /// <param name="text">As it was sent.</param>
    /// <param name="name">What it is called in the request.</param>
    public static Username User(string? text, string name) =>
        Username.TryParse(text, out var user) ? user : throw ProblemException.Invalid($"{name}: a username is {Username.MinLength} to {Username.MaxLength} characters of a-z, 0-9, _ and -");

    /// <summary>The id of a message.</summary>
    public static MessageId Message(string? text, string name) =>
        Guid.TryParseExact(text, "D", out var id) ? new MessageId(id) : throw ProblemException.Invalid($"{name}: the id of a message, as 01234567-89ab-7def-8123-456789abcdef");

    /// <summary>The id of a message, where one is given.</summary>
    public static MessageId? MessageOrNone(string? text, string name) => text is null ? null : Message(text, name);

    /// <summary>A whole number within bounds.</summary>
    /// <param name="text">As it was sent; <see langword="null"/> where it was not.</param>
    /// <param name="name">What it is called in the request.</param>
    /// <param name="least">The least that makes sense.</param>
    /// <param name="most">The most.</param>
    /// <param name="absent">What holds where none is given.</param>
    public static int Number(string? text, string name, int least, int most, int absent)
    {
        if (text is null) return absent;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw ProblemException.Invalid($"{name}: a whole number from {least} to {most}");
    }

    /// <summary><c>true</c> or <c>false</c>; absent, it is false.</summary>
    public static bool Flag(string? text, string name) => text switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw ProblemException.Invalid($"{name}: true or false"),
    };
}
