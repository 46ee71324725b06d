using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using MimeKit;
using NesActors.Directory.Limits;
using NesActors.Directory.Storage;

namespace NesActors.Directory.Mail;

/// <summary>All of the mail of one directory: the outbox, and the worker that empties it.</summary>
internal sealed class MailService : IAsyncDisposable
{
    private readonly MailSeal _seal;
    private readonly MailTemplates _templates;
    private readonly MailboxAddress _from;
    private readonly MailOptions _options;
    private readonly X509Certificate2Collection? _authorities;
    private MailWorker? _worker;

    private MailService(MailOptions options, string folder, IDatabase database, MailLimit? limit, TimeProvider clock)
    {
        _options = options;
        _from = MailComposer.ParseSender(options.From);
        _templates = MailTemplates.Load(options.TemplateFolder);
        _authorities = options.CaFile is { } file ? LoadAuthorities(file) : null;
        _seal = new MailSeal(MailKey.LoadOrCreate(folder));
        Store = new MailStore(database);
        Outbox = new DatabaseOutbox(_seal, limit, clock);
    }

    public DatabaseOutbox Outbox { get; }

    public MailStore Store { get; }

    public MailState State { get; } = new();

    /// <exception cref="DirectoryException">A setting, a text or the key cannot be used.</exception>
    public static MailService Open(DirectoryOptions options, string folder, IDatabase database) => new(
        options.Mail!, folder, database, options.Limits is { } limits ? new MailLimit(limits.Mails, options.Clock) : null, options.Clock);

    /// <summary>Begins to send.</summary>
    public void Start(Func<Uri> publicAddress, TimeProvider clock, ILoggerFactory logging) => _worker = new MailWorker(
        Store, _seal, new MailComposer(_templates, _from, publicAddress, clock), () => new SmtpSession(_options, _authorities), State, clock,
        logging.CreateLogger<MailWorker>());

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null) await _worker.DisposeAsync().ConfigureAwait(false);
        _seal.Dispose();
    }

    private static X509Certificate2Collection LoadAuthorities(string file)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file);
            return authorities.Count > 0 ? authorities : throw new DirectoryException($"{file} holds no certificate to trust the mail server by.");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new DirectoryException($"Cannot use the authorities of the mail server in {file}: {e.Message}", e);
        }
    }
}
