using NesActors.Contracts;

namespace NesActors.Core.Storage.State;

/// <summary>How values stand in the tables. What a table holds otherwise was written by somebody else: the state is damaged.</summary>
internal static class StateText
{
    public static Username User(string text) => Username.TryParse(text, out var user) ? user : throw Damaged("user");

    public static Records.Digest Digest(string text) => Records.Digest.TryParse(text, out var digest) ? digest : throw Damaged("hash");

    public static StateException Damaged(string what) => new($"The state is damaged: it holds a {what} that is none. Restore it from a copy");
}
