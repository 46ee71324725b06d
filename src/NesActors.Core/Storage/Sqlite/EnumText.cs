using System.Text.Json;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>The values of an enumeration as they stand in the tables, which is as they stand in JSON: <c>unknown-user</c>.</summary>
internal static class EnumText<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Texts = Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));
    private static readonly Dictionary<string, T> Values = Texts.ToDictionary(entry => entry.Value, entry => entry.Key);

    public static string Of(T value) => Texts[value];

    public static T Parse(string text) => Values.TryGetValue(text, out var value) ? value : throw StateText.Damaged(typeof(T).Name);
}
