namespace NesActors.Fuzz.Mutation;

/// <summary>Changes an object of JSON as somebody would who knows how parsers differ: order, repeats, names that are nearly the same, values of every kind.</summary>
/// <param name="values">Makes a value for a field, by its name without quotation marks.</param>
/// <param name="more">Names of fields that the object may have besides.</param>
internal sealed class JsonMutator(Func<Random, string, string, string> values, IReadOnlyList<string> more)
{
    private static readonly string[] Around = ["", "", " ", "\n", "\t\r\n", "\uFEFF", "\0", ",", "{}", "[]", "null", "//x\n", "/*x*/", "]", "}", "{"];

    /// <summary>Changes an object in one way, or in up to four.</summary>
    public JsonFields Mutate(Random random, JsonFields input, JsonFields other)
    {
        var result = input.Copy();
        for (var left = random.Times(); left > 0; left--) MutateOnce(random, result, other);
        return result;
    }

    private void MutateOnce(Random random, JsonFields json, JsonFields other)
    {
        var fields = json.Fields;
        if (fields.Count == 0)
        {
            fields.Add(random.Pick(other.Fields));
            return;
        }
        var at = random.Next(fields.Count);
        var (name, value) = fields[at];
        switch (random.Next(14))
        {
            case 0:
                fields.RemoveAt(at);
                break;
            case 1:
                fields.Insert(random.Next(fields.Count + 1), (name, random.Once(2) ? value : Value(random, name, value)));
                break;
            case 2:
                fields.Insert(random.Next(fields.Count + 1), (Variant(random, name), Value(random, name, value)));
                break;
            case 3:
                fields[at] = (Variant(random, name), value);
                break;
            case 4:
                random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(fields));
                break;
            case 5:
                // From another of its kind: each part is good, and they do not belong together.
                fields[at] = other.Fields.Find(field => field.Name == name) is { Name: not null } found ? found : random.Pick(other.Fields);
                break;
            case 6:
                fields[at] = (name, fields[random.Next(fields.Count)].Value);
                break;
            case 7:
                var added = $"\"{random.Pick(more)}\"";
                fields.Insert(random.Next(fields.Count + 1), (added, Value(random, added, "\"\"")));
                break;
            case 8 when random.Once(3):
                json.Before = random.Pick(Around);
                break;
            case 8:
                json.After = random.Pick(Around);
                break;
            case 9 when random.Once(4):
                json.Comma = random.Pick([" , ", ",\n", ",,", ";", "", ",/**/"]);
                break;
            default:
                fields[at] = (name, Value(random, name, value));
                break;
        }
    }

    private string Value(Random random, string name, string value) => random.Once(4) ? JsonValues.Any(random) : values(random, name.Trim('"'), value);

    /// <summary>A name that some parser takes for this one.</summary>
    private static string Variant(Random random, string name) => random.Next(9) switch
    {
        0 => name.ToUpperInvariant(),
        1 => Replace(random, name, char.ToUpperInvariant),
        2 => name.Replace('s', '\u017f'),
        3 => name.Replace('k', '\u212a'),
        4 => Escape(random, name),
        5 => name.Insert(name.Length - 1, random.Pick([" ", "\\u0000", "\u200b", "\\ud800", "\\n"])),
        6 => name.Trim('"'),
        7 => name.Replace('"', '\''),
        _ => $"\"{new string('n', random.Once(50) ? 100_000 : 100)}\"",
    };

    private static string Replace(Random random, string name, Func<char, char> change)
    {
        var at = random.Next(name.Length);
        return $"{name[..at]}{change(name[at])}{name[(at + 1)..]}";
    }

    private static string Escape(Random random, string name)
    {
        var at = random.Next(1, Math.Max(2, name.Length - 1));
        return at < name.Length ? $"{name[..at]}\\u{(int)name[at]:x4}{name[(at + 1)..]}" : name;
    }
}
