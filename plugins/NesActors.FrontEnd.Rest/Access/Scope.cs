namespace NesActors.FrontEnd.Rest.Access;

/// <summary>What a token may be used for. One does not include another.</summary>
[Flags]
internal enum Scope
{
    None = 0,

    /// <summary>To send messages, and to ask how those go on whose id is known.</summary>
    Send = 1,

    /// <summary>To read messages, events, contacts and the state of the session, and to mark as read.</summary>
    Read = 2,

    /// <summary>To decide about contacts, to delete, and to manage tokens and webhooks: with it, everything can be had.</summary>
    Admin = 4,
}

/// <summary>Scopes as they are written: <c>send</c>, <c>read</c>, <c>admin</c>.</summary>
internal static class Scopes
{
    public const Scope All = Scope.Send | Scope.Read | Scope.Admin;

    private static readonly (Scope Scope, string Name)[] Names = [(Scope.Send, "send"), (Scope.Read, "read"), (Scope.Admin, "admin")];

    /// <summary>Their names, in the order of the list above.</summary>
    public static IReadOnlyList<string> ToNames(this Scope scopes) => [.. Names.Where(one => scopes.HasFlag(one.Scope)).Select(one => one.Name)];

    /// <summary>The scopes of some names; <see langword="null"/> where one is none, or there is none at all.</summary>
    public static Scope? Parse(IReadOnlyCollection<string> names)
    {
        var scopes = Scope.None;
        foreach (var name in names)
        {
            var found = Names.FirstOrDefault(one => one.Name == name).Scope;
            if (found == Scope.None) return null;
            scopes |= found;
        }
        return scopes == Scope.None ? null : scopes;
    }
}
