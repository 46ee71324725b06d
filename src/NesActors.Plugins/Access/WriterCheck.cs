namespace NesActors.Plugins.Access;

/// <summary>Looks whether a plugins folder, and what is in it, can be written by those who are not trusted with that. Where the system does not tell owners, as on Windows, nothing is looked at.</summary>
internal sealed class WriterCheck
{
    private const int MaxDepth = 8;

    private readonly WriterRule? _rule;
    private readonly bool _isProgram;

    private WriterCheck(WriterRule? rule, bool isProgram) => (_rule, _isProgram) = (rule, isProgram);

    /// <summary>The check of a plugins folder.</summary>
    /// <param name="folder">The plugins folder.</param>
    /// <param name="isProgram">Whether it came with the program, in whose folder it is.</param>
    public static WriterCheck For(string folder, bool isProgram)
    {
        if (!OperatingSystem.IsLinux()) return new WriterCheck(null, isProgram);
        var me = PathOwner.Me();
        var groups = new Lazy<UserGroups>(UserGroups.Read);
        var program = isProgram && Path.GetDirectoryName(folder) is { } parent ? PathOwner.Of(parent) : null;
        return new WriterCheck(new WriterRule(me, group => groups.Value.IsPrivate(group, me), program), isProgram);
    }

    /// <summary>Why nothing in the plugins folder can be trusted; <see langword="null"/> where it can.</summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public string? ObjectionTo(string folder)
    {
        if (Look(folder) is { } objection) return $"it {objection}";
        if (_rule is null || _isProgram) return null;
        return ObjectionAbove(folder) ?? (Directory.ResolveLinkTarget(folder, returnFinalTarget: true) is { } target ? ObjectionAbove(target.FullName) : null);
    }

    /// <summary>Why a plugin cannot be trusted: its folder, or a file in it.</summary>
    /// <exception cref="IOException">Something of it cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public string? ObjectionToPlugin(string folder) => _rule is null ? null : ObjectionBelow(folder, folder, MaxDepth);

    private static string? ObjectionAbove(string folder)
    {
        for (var above = Path.GetDirectoryName(folder); above is not null; above = Path.GetDirectoryName(above))
        {
            if (PathOwner.Of(above) is { } owner && WriterRule.ObjectionAbove(owner) is { } reason) return $"{above}, in which it is, {reason}";
        }
        return null;
    }

    private string? ObjectionBelow(string plugin, string folder, int depth)
    {
        if (depth == 0) return $"{Path.GetRelativePath(plugin, folder)} is nested too deeply";
        if (Look(folder) is { } objection) return folder == plugin ? $"its folder {objection}" : $"its {Path.GetRelativePath(plugin, folder)} {objection}";
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (Look(file) is { } reason) return $"its {Path.GetRelativePath(plugin, file)} {reason}";
        }
        return Directory.EnumerateDirectories(folder).Select(inner => ObjectionBelow(plugin, inner, depth - 1)).FirstOrDefault(reason => reason is not null);
    }

    private string? Look(string path) => _rule is not null && PathOwner.Of(path) is { } owner ? _rule.Objection(owner) : null;
}
