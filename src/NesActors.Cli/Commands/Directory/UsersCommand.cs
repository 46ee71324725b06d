using System.CommandLine;
using System.Globalization;
using NesActors.Cli.Settings.Directory;
using NesActors.Contracts.FrontEnd;
using NesActors.Directory.Maintenance;

namespace NesActors.Cli.Commands.Directory;

/// <summary><c>nes directory users</c>: who is in the directory. It works beside a running server.</summary>
internal static class UsersCommand
{
    public static Command Create(CommandContext context)
    {
        var settings = new SettingOptions(DirectorySettingKeys.OfData, recursive: false);
        var name = new Argument<string?>("name") { Description = "One name; default: all of them", Arity = ArgumentArity.ZeroOrOne };
        var emails = new Option<bool>("--emails") { Description = "Show e-mail addresses too" };
        var after = new Option<string>("--after") { HelpName = "NAME", Description = "Begin behind this name: the next page" };
        var most = new Option<int>("--limit") { HelpName = "NUMBER", Description = "How many, 1 to 100000; default 100", DefaultValueFactory = _ => 100 };
        most.Between(1, 100_000, "names");
        var json = CommonOptions.Json();
        var command = new Command("users", "Show who is in a directory: names, status, revision, since when") { name, emails, after, most, json };
        foreach (var option in settings.All) command.Add(option);
        return context.Bind(command, async (run, cancellation) =>
        {
            var data = DataOf.Run(run, settings);
            if (run.Get(name) is { } one)
            {
                var user = await data.FindAsync(CommonOptions.ParseUser(one).Value, cancellation) ?? throw CliException.NotFound($"nobody ever had the name {one} in this directory");
                Write([user], run.Get(emails), run.Get(json), run.Out);
                return ExitCode.Done;
            }
            var users = await data.ListAsync(run.Get(after), run.Get(most), cancellation);
            Write(users, run.Get(emails), run.Get(json), run.Out);
            if (users.Count == run.Get(most)) run.Error.WriteLine($"there may be more: --after {users[^1].Name}");
            return ExitCode.Done;
        });
    }

    private static void Write(IReadOnlyList<DirectoryUser> users, bool withEmails, bool asJson, TextWriter output)
    {
        if (asJson)
        {
            foreach (var user in users)
            {
                output.WriteLine(JsonLine.Of(
                    ("name", user.Name), ("status", user.Status), ("rev", (double?)user.Rev), ("since", Time(user)), ("email", withEmails ? user.Email : null)));
            }
            return;
        }
        string[] heads = ["name", "status", "rev", "since"];
        TextTable.Write(output, withEmails ? [.. heads, "e-mail"] : heads, users.Select(user =>
        {
            string[] cells = [user.Name, user.Status, user.Rev?.ToString(CultureInfo.InvariantCulture) ?? "-", Time(user)];
            return withEmails ? [.. cells, Printable(user.Email)] : cells;
        }));
    }

    private static string Time(DirectoryUser user) => user.Since.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>What a stranger registered goes to no terminal as it is.</summary>
    private static string Printable(string? email) => email is null ? "-" : string.Concat(email.Select(c => c is > ' ' and < '\x7f' ? c : '?'));
}
