using System.Data.Common;
using System.Text.Json;
using Dapper;
using NesActors.Directory.Storage;

namespace NesActors.Directory.Maintenance;

/// <summary>What a column holds, and how it stands in an export: a string, a number, bytes in base64.</summary>
internal enum ColumnType
{
    Text,
    Number,
    Bytes,
}

/// <summary>A column of an export.</summary>
internal sealed record Column(string Name, ColumnType Type, bool MayBeMissing = false)
{
    /// <summary>Where it lies in another table than the rest of its line.</summary>
    public string? Table { get; init; }

    /// <summary>The column in which it lies packed (<see cref="PackedAnswer"/>).</summary>
    public string? PackedIn { get; init; }
}

/// <summary>The values of one row, by the names of the columns; what is missing is null.</summary>
internal sealed class ExportRow : Dictionary<string, object?>
{
    public ExportRow() : base(StringComparer.Ordinal) { }

    public string Text(string name) => (string)this[name]!;

    public string? TextOrNull(string name) => (string?)this[name];

    public long Number(string name) => (long)this[name]!;

    public long? NumberOrNull(string name) => (long?)this[name];

    public byte[] Bytes(string name) => (byte[])this[name]!;
}

/// <summary>A table as an export knows it. Its ids are not exported: rows of a name follow the line of that name.</summary>
/// <param name="Name">The table, and the name of its lines.</param>
/// <param name="Columns">Its columns but for ids.</param>
internal sealed record ExportTable(string Name, IReadOnlyList<Column> Columns)
{
    public static readonly ExportTable Users = new("users",
    [
        new("name", ColumnType.Text), new("status", ColumnType.Text), new("email", ColumnType.Text, true), new("message_key", ColumnType.Text, true),
        new("sign_key", ColumnType.Text, true), new("message_hash", ColumnType.Text, true), new("sign_hash", ColumnType.Text, true),
        new("registered_at", ColumnType.Number), new("activated_at", ColumnType.Number, true), new("deleted_at", ColumnType.Number, true),
        new("activation_hash", ColumnType.Bytes, true), new("deletion_hash", ColumnType.Bytes, true), new("rev", ColumnType.Number, true),
        new("record_hash", ColumnType.Text, true), new("response_hash", ColumnType.Text, true), new("signed_part", ColumnType.Bytes, true) { Table = "answers", PackedIn = "packed" },
        new("key_rev", ColumnType.Number, true) { Table = "answers" }, new("has_proof", ColumnType.Number),
    ])
    {
        Source = "users LEFT JOIN answers ON user_id = id",
    };

    public static readonly ExportTable Records = new("records",
    [
        new("rev", ColumnType.Number), new("response", ColumnType.Bytes), new("origin", ColumnType.Text), new("signature_old", ColumnType.Bytes, true),
        new("signature_new", ColumnType.Bytes, true),
    ]);

    public static readonly ExportTable Recoveries = new("recoveries",
    [
        new("state", ColumnType.Text), new("message_key", ColumnType.Text), new("sign_key", ColumnType.Text), new("message_hash", ColumnType.Text),
        new("sign_hash", ColumnType.Text), new("requested_at", ColumnType.Number), new("confirmed_at", ColumnType.Number, true),
        new("confirm_hash", ColumnType.Bytes), new("cancel_hash", ColumnType.Bytes),
    ]);

    public static readonly ExportTable Mails = new("mails",
    [
        new("kind", ColumnType.Text), new("name", ColumnType.Text), new("sealed", ColumnType.Bytes), new("created_at", ColumnType.Number),
        new("next_attempt_at", ColumnType.Number), new("attempts", ColumnType.Number), new("last_error", ColumnType.Text, true),
    ]);

    /// <summary>What the rows are read from.</summary>
    public string Source { get; init; } = Name;

    /// <summary>The columns, for a statement.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(column => column.PackedIn is { } packed ? $"{packed} AS {column.Name}" : column.Name));

    /// <summary>Takes the columns of a row that was read.</summary>
    /// <exception cref="FormatException">What is packed is damaged.</exception>
    public ExportRow Take(IDictionary<string, object?> row)
    {
        var taken = new ExportRow();
        foreach (var column in Columns) taken[column.Name] = column.PackedIn is not null && row[column.Name] is byte[] packed ? PackedAnswer.Unpack(packed) : row[column.Name];
        return taken;
    }

    public void Write(Utf8JsonWriter json, ExportRow row)
    {
        json.WriteStartObject(Name);
        foreach (var column in Columns)
        {
            switch (row[column.Name])
            {
                case null: break;
                case string text: json.WriteString(column.Name, text); break;
                case byte[] bytes: json.WriteBase64String(column.Name, bytes); break;
                case var number: json.WriteNumber(column.Name, Convert.ToInt64(number, System.Globalization.CultureInfo.InvariantCulture)); break;
            }
        }
        json.WriteEndObject();
    }

    /// <exception cref="FormatException">A column is missing, of another type, or none of the table.</exception>
    public ExportRow Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) throw new FormatException($"{Name} is no object");
        if (json.EnumerateObject().FirstOrDefault(member => Columns.All(column => column.Name != member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
            throw new FormatException($"{Name} has no column {unknown.Name}");
        var row = new ExportRow();
        foreach (var column in Columns) row[column.Name] = json.TryGetProperty(column.Name, out var value) ? Value(column, value) : Missing(column);
        return row;
    }

    /// <summary>Stores the columns that lie in the table itself.</summary>
    public Task InsertAsync(ExportRow row, long? userId, DbConnection connection, DbTransaction transaction)
    {
        var values = new DynamicParameters();
        var own = Columns.Where(column => column.Table is null).ToList();
        foreach (var column in own) values.Add(column.Name, row[column.Name], DbTypeOf(column));
        var names = own.Select(column => column.Name).ToList();
        if (userId is { } id)
        {
            values.Add("user_id", id);
            names.Add("user_id");
        }
        return connection.ExecuteAsync(
            $"INSERT INTO {Name} ({string.Join(", ", names)}) VALUES ({string.Join(", ", names.Select(name => "@" + name))})", values, transaction);
    }

    private static System.Data.DbType DbTypeOf(Column column) => column.Type switch
    {
        ColumnType.Text => System.Data.DbType.String,
        ColumnType.Number => System.Data.DbType.Int64,
        _ => System.Data.DbType.Binary,
    };

    private object? Missing(Column column) => column.MayBeMissing ? null : throw new FormatException($"{Name} lacks {column.Name}");

    private object Value(Column column, JsonElement value)
    {
        var isFitting = column.Type == ColumnType.Number ? value.ValueKind == JsonValueKind.Number : value.ValueKind == JsonValueKind.String;
        if (isFitting && column.Type == ColumnType.Text) return value.GetString()!;
        if (isFitting && column.Type == ColumnType.Number && value.TryGetInt64(out var number)) return number;
        if (isFitting && column.Type == ColumnType.Bytes && value.TryGetBytesFromBase64(out var bytes)) return bytes;
        throw new FormatException($"{column.Name} of {Name} is of another type");
    }
}
