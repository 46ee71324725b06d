using System.Data.Common;

namespace NesActors.Cli.Settings.Directory;

/// <summary>Which database a directory uses.</summary>
/// <param name="get">What a setting says.</param>
/// <param name="pathOf">A setting as the path of a file.</param>
internal sealed class PostgresSettings(Func<SettingKey, SettingValue> get, Func<SettingValue, string?> pathOf)
{
    private const string Expected = "expected Host=…;Port=…;Database=…;Username=…";

    /// <returns>The connection string; <see langword="null"/> where it is SQLite.</returns>
    public string? Read()
    {
        var kind = get(DirectorySettingKeys.Database);
        var postgres = get(DirectorySettingKeys.Postgres);
        switch (kind.Text)
        {
            case "sqlite" or "" when !postgres.IsSet:
                return null;
            case "sqlite" or "":
                throw postgres.Wrong($"that is for PostgreSQL: set {DirectorySettingKeys.Database.Name} or --database to postgres too");
            case "postgres" when postgres.IsSet:
                return WithPassword(postgres);
            case "postgres":
                throw kind.Wrong($"where it is is missing: set --postgres or {DirectorySettingKeys.Postgres.Name}; {Expected}");
            default:
                throw kind.Wrong("expected sqlite or postgres");
        }
    }

    private string WithPassword(SettingValue value)
    {
        var settings = Parse(value);
        // What a person pasted with a password in it is not repeated on the screen.
        if (settings.ContainsKey("Password") || settings.ContainsKey("PWD"))
            throw CliException.Usage($"{value.Key.Name} (from {value.Source}) holds a password: put that into {DirectorySettingKeys.PostgresPassword.Name} or a file");
        if (Secrets.Read(get(DirectorySettingKeys.PostgresPassword), get(DirectorySettingKeys.PostgresPasswordFile), pathOf) is { } password) settings["Password"] = password;
        return settings.ConnectionString;
    }

    private static DbConnectionStringBuilder Parse(SettingValue value)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = value.Text };
        }
        catch (ArgumentException)
        {
            throw CliException.Usage($"{value.Key.Name} (from {value.Source}) makes no sense: {Expected}");
        }
    }
}
