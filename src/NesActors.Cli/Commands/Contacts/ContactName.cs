using System.CommandLine;
using NesActors.Contracts;
using NesActors.Core.Storage;

namespace NesActors.Cli.Commands.Contacts;

/// <summary>
/// Whom a command is about. Only the user's name says that: an alias is the person's own word, may be like somebody else's name, and may come from a file; it decides nothing about keys.
/// </summary>
internal static class ContactName
{
    /// <summary>The argument, made anew for each command.</summary>
    public static Argument<string> Argument() => new("NAME") { Description = "Whom: the user's name, not an alias" };

    /// <summary>The user that was named, and what is known of them.</summary>
    /// <returns>Known is <see langword="null"/> where nothing is.</returns>
    /// <exception cref="CliException">It is no name, or an alias.</exception>
    public static async Task<(Username User, Contact? Known)> FindAsync(IContactBook book, string typed, CancellationToken cancellation)
    {
        var contacts = await book.ContactsAsync(cancellation);
        if (Username.TryParse(typed.ToLowerInvariant(), out var user) && contacts.FirstOrDefault(contact => contact.User == user) is { } known) return (user, known);
        if (contacts.FirstOrDefault(contact => typed.Equals(contact.Alias, StringComparison.OrdinalIgnoreCase)) is { } called)
            throw CliException.Usage($"that is what you call {called.User}; name the user: {called.User}");
        return (CommonOptions.ParseUser(typed), null);
    }

    /// <summary>As <see cref="FindAsync"/>, of somebody who is known.</summary>
    /// <exception cref="CliException">Nobody knows them.</exception>
    public static async Task<Contact> RequireAsync(IContactBook book, string typed, CancellationToken cancellation)
    {
        var (user, known) = await FindAsync(book, typed, cancellation);
        return known ?? throw Unknown(user);
    }

    /// <summary>The error for somebody of whom nothing is known here.</summary>
    public static CliException Unknown(Username user) =>
        CliException.NotFound($"nothing is known of {user} here; write first (nes send -t {user}), or compare keys (nes contacts verify {user}); nes whois {user} shows what the key directory says");
}
