using System.Globalization;

namespace NesActors.Plugins.Access;

/// <summary>
/// Who is in a group, as far as <c>/etc/passwd</c> and <c>/etc/group</c> tell. Many systems give each user a group of their own and a umask of 002: what the group may write there, nobody but the user may. Users and groups
/// that come from elsewhere, a directory server for instance, are not seen: their groups count as shared.
/// </summary>
/// <param name="passwd">The lines of <c>/etc/passwd</c>.</param>
/// <param name="group">The lines of <c>/etc/group</c>.</param>
internal sealed class UserGroups(IReadOnlyList<string> passwd, IReadOnlyList<string> group)
{
    private const int UserName = 0, UserNumber = 2, UserGroup = 3, GroupNumber = 2, Members = 3;

    /// <summary>Those of this machine.</summary>
    public static UserGroups Read() => new(LinesOf("/etc/passwd"), LinesOf("/etc/group"));

    /// <summary>Whether a user, and nobody else, is in a group.</summary>
    public bool IsPrivate(uint groupNumber, uint user)
    {
        var primary = Rows(passwd).Where(row => NumberAt(row, UserGroup) == groupNumber).ToList();
        var names = Rows(group).Where(row => NumberAt(row, GroupNumber) == groupNumber).SelectMany(row => row.ElementAtOrDefault(Members)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? []);
        return primary.Count == 1 && NumberAt(primary[0], UserNumber) == user && names.All(name => name == primary[0][UserName]);
    }

    private static IEnumerable<string[]> Rows(IReadOnlyList<string> lines) => lines.Select(line => line.Split(':'));

    private static uint? NumberAt(string[] row, int column) =>
        row.Length > column && uint.TryParse(row[column], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string[] LinesOf(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
