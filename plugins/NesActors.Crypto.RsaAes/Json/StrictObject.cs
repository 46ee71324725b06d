using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace NesActors.Crypto.RsaAes.Json;

/// <summary>
/// Walks one JSON object (RFC 8259) and stops at the fields that are known, each of which may come once. UTF-8 is checked as a whole, nesting is
/// limited, nothing may follow the object. Bad input throws what <see cref="IsBadInput"/> names.
/// </summary>
internal ref struct StrictObject
{
    private const int MaxDepth = 16;
    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    private readonly ReadOnlySpan<byte> _utf8;
    private readonly FieldNames _names;
    private Utf8JsonReader _reader;
    private uint _seen;

    public StrictObject(ReadOnlySpan<byte> utf8, FieldNames names)
    {
        if (!Utf8.IsValid(utf8)) throw new JsonException("Not UTF-8.");
        _utf8 = utf8;
        _names = names;
        _reader = new Utf8JsonReader(utf8, Options);
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject) throw new JsonException("Not an object.");
    }

    /// <summary>Whether an exception is this type's way to say that the input is bad. The reader throws the second kind for half a surrogate pair in an escape.</summary>
    public static bool IsBadInput(Exception exception) => exception is JsonException or InvalidOperationException;

    /// <summary>Goes to the value of the next known field. At the end, checks that nothing follows.</summary>
    public bool Next(out int field)
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            field = _names.Find(ref _reader);
            _reader.Read();
            if (field >= 0)
            {
                var bit = 1u << field;
                if ((_seen & bit) != 0) throw new JsonException("A field comes twice.");
                _seen |= bit;
                return true;
            }
            _reader.Skip();
        }
        if (_reader.Read()) throw new JsonException("More than an object.");
        field = -1;
        return false;
    }

    /// <summary>Goes to the value of the next member of an object whose names are data: of one that came from <see cref="GetMap"/>. At the end, checks that nothing follows.</summary>
    public bool NextMember(out string name)
    {
        if (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            name = _reader.GetString()!;
            _reader.Read();
            return true;
        }
        if (_reader.Read()) throw new JsonException("More than an object.");
        name = "";
        return false;
    }

    /// <summary>The value, which must be a string.</summary>
    public readonly string GetText()
    {
        Require(JsonTokenType.String);
        return _reader.GetString()!;
    }

    /// <summary>The value, which must be a whole number of milliseconds since 1970 within the years 1 to 9999.</summary>
    public readonly DateTimeOffset GetUnixTime()
    {
        Require(JsonTokenType.Number);
        if (!_reader.TryGetInt64(out var milliseconds)
            || milliseconds < DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
            || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            throw new JsonException("Not a time.");
        }
        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }

    /// <summary>The value, which must be a string of base64.</summary>
    public readonly byte[] GetBase64()
    {
        Require(JsonTokenType.String);
        if (!_reader.ValueIsEscaped) return Decode(_reader.ValueSpan);
        var unescaped = ArrayPool<byte>.Shared.Rent(_reader.ValueSpan.Length);
        try
        {
            return Decode(unescaped.AsSpan(0, _reader.CopyString(unescaped)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(unescaped);
        }
    }

    /// <summary>The value, which must be a whole number that is not negative.</summary>
    public readonly long GetCount()
    {
        Require(JsonTokenType.Number);
        return _reader.TryGetInt64(out var number) && number >= 0 ? number : throw new JsonException("Not a count.");
    }

    /// <summary>The value, which must be an object, to be walked like this one.</summary>
    public StrictObject GetObject(FieldNames names)
    {
        Require(JsonTokenType.StartObject);
        return new StrictObject(Raw(), names);
    }

    /// <summary>The value, which must be an object, to be walked member by member: whoever does so looks whether a name comes twice, and how many there are.</summary>
    public StrictObject GetMap() => GetObject(FieldNames.None);

    /// <summary>The values, each a string, of an array of limited length.</summary>
    public List<string> GetTexts(int most)
    {
        Require(JsonTokenType.StartArray);
        var texts = new List<string>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (texts.Count == most) throw new JsonException("Too many values.");
            texts.Add(GetText());
        }
        return texts;
    }

    private ReadOnlySpan<byte> Raw()
    {
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        return _utf8[start..(int)_reader.BytesConsumed];
    }

    private static byte[] Decode(ReadOnlySpan<byte> text) => PaddedBase64Url.Decode(text) ?? throw new JsonException("Not base64.");

    private readonly void Require(JsonTokenType type)
    {
        if (_reader.TokenType != type) throw new JsonException("A value of another type.");
    }
}
