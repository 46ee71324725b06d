using NesActors.Contracts;
using NesActors.Directory.Api;
using NesActors.Directory.Recovery;
using NesActors.Directory.Storage;
using NesActors.Records;

namespace NesActors.Directory.Links;

/// <summary>What a link does.</summary>
internal enum LinkAction
{
    /// <summary>Makes a registration a user.</summary>
    Activate,

    /// <summary>Deletes the user.</summary>
    Delete,

    /// <summary>Confirms a recovery.</summary>
    Recover,

    /// <summary>Stops a recovery.</summary>
    Cancel,
}

/// <summary>A link whose token was the right one.</summary>
/// <param name="User">Whose it is.</param>
/// <param name="Action">What it does.</param>
/// <param name="Until">How long it works; null: as long as there is the user.</param>
/// <param name="IsOver">Whether it came too late.</param>
/// <param name="Row">The user as it was found.</param>
internal sealed record OwnerLink(Username User, LinkAction Action, DateTimeOffset? Until, bool IsOver, StoredUser Row)
{
    /// <summary>The recovery that it is about, where it is about one.</summary>
    public StoredRecovery? Recovery { get; init; }

    /// <summary>The answer to whoever comes too late.</summary>
    public Answer Over => Action == LinkAction.Activate ? Answer.ActivationExpired : Answer.RecoveryExpired;

    /// <summary>What the link is, for programs.</summary>
    public byte[] ToJson() => RecordJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("user", User.Value);
        json.WriteString("action", NameOf(Action));
        if (Until is { } until) json.WriteNumber("until", until.ToUnixTimeMilliseconds());
        if (Recovery is { } recovery) recovery.WriteKeys(json);
        json.WriteEndObject();
    });

    private static string NameOf(LinkAction action) => action switch
    {
        LinkAction.Activate => "activate",
        LinkAction.Delete => "delete",
        LinkAction.Recover => "recover",
        LinkAction.Cancel => "cancel",
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };
}
