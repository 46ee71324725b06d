using System.Reflection;

namespace NesActors.Directory.Mail;

/// <summary>The texts of all mails: those of the operator where there are any, else the built-in ones.</summary>
internal sealed class MailTemplates
{
    private static readonly string[] Common = ["user", "directory", "hours"];

    private readonly MailTemplate _registration;
    private readonly MailTemplate _recovery;

    private MailTemplates(string? folder)
    {
        _registration = Read(folder, MailKind.Registration, [], ["activate", "delete"]);
        _recovery = Read(folder, MailKind.Recovery, ["sign_key"], ["confirm", "cancel"]);
    }

    /// <param name="folder">May hold <c>registration.txt</c>, <c>registration.html</c>, <c>recovery.txt</c>, <c>recovery.html</c>; null: the built-in ones.</param>
    /// <exception cref="DirectoryException">The folder is not there, or one of its files cannot be used.</exception>
    public static MailTemplates Load(string? folder)
    {
        if (folder is not null && !System.IO.Directory.Exists(folder)) throw new DirectoryException($"There is no folder {folder} with texts of mails.");
        try
        {
            return new MailTemplates(folder);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new DirectoryException($"Cannot use the texts of mails in {folder}: {e.Message}", e);
        }
    }

    /// <summary>The texts of a mail, and what to fill them with.</summary>
    public (MailTemplate Template, IReadOnlyDictionary<string, string> Values) For(OwnerMail mail, Uri directory)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["user"] = mail.User.Value,
            ["directory"] = directory.AbsoluteUri.TrimEnd('/'),
            ["hours"] = "24",
        };
        switch (mail)
        {
            case OwnerMail.Registration registration:
                (values["activate"], values["delete"]) = (registration.Activation.AbsoluteUri, registration.Deletion.AbsoluteUri);
                return (_registration, values);
            case OwnerMail.Recovery recovery:
                (values["confirm"], values["cancel"], values["sign_key"]) = (recovery.Confirmation.AbsoluteUri, recovery.Cancellation.AbsoluteUri, recovery.SignHash);
                return (_recovery, values);
            default:
                throw new ArgumentOutOfRangeException(nameof(mail), mail.GetType().Name, "There is no such mail.");
        }
    }

    private static MailTemplate Read(string? folder, string kind, string[] others, string[] links) =>
        MailTemplate.Parse(kind, ReadFile(folder, $"{kind}.txt"), ReadFile(folder, $"{kind}.html"), [.. Common, .. others, .. links], links);

    private static string ReadFile(string? folder, string name)
    {
        if (folder is not null && Path.Combine(folder, name) is var file && File.Exists(file)) return File.ReadAllText(file);
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"mail/{name}")
            ?? throw new InvalidOperationException($"The text {name} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
