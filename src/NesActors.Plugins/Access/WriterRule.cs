namespace NesActors.Plugins.Access;

/// <summary>
/// Who may write what becomes code of this process: the user, root, and a group that is the user's alone. In the folder that came with the program also whoever can replace the program itself: to keep them from its plugins would keep
/// nobody from anything.
/// </summary>
/// <param name="me">The user's number.</param>
/// <param name="isPrivate">Whether a group is that user's alone.</param>
/// <param name="program">Whose the folder of the program is; <see langword="null"/> where the rule is about another folder.</param>
internal sealed class WriterRule(uint me, Func<uint, bool> isPrivate, PathOwner? program = null)
{
    /// <summary>Why something cannot be trusted, in words that go on after its path; <see langword="null"/> where it can.</summary>
    public string? Objection(PathOwner path)
    {
        if (path.User != 0 && path.User != me && path.User != program?.User) return $"belongs to another user (number {path.User})";
        if (path.IsOtherWritable && program is not { IsOtherWritable: true, IsSticky: false }) return "may be written by everybody";
        if (path.IsGroupWritable && !IsGroupOfProgram(path.Group) && !isPrivate(path.Group)) return $"may be written by a group of users (number {path.Group})";
        return null;
    }

    /// <summary>Why nothing below a folder can be trusted: everybody can put another in the place of what is in it.</summary>
    public static string? ObjectionAbove(PathOwner folder) => folder is { IsOtherWritable: true, IsSticky: false } ? "may be written by everybody" : null;

    private bool IsGroupOfProgram(uint group) => program is { IsGroupWritable: true } installed && installed.Group == group;
}
