using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NesActors.Directory.Api;
using NesActors.Directory.Hosting;
using NesActors.Directory.Keys;
using NesActors.Directory.Limits;
using NesActors.Directory.Links;
using NesActors.Directory.LookUp;
using NesActors.Directory.Operating;
using NesActors.Directory.Owners;
using NesActors.Directory.Records;
using NesActors.Directory.Recovery;
using NesActors.Directory.Registration;
using NesActors.Directory.Storage;
using NesActors.Directory.Storage.Postgres;
using NesActors.Directory.Storage.Sqlite;
using NesActors.Records;

namespace NesActors.Directory;

/// <summary>
/// A key directory ("PubKey Service") that serves the original's clients and ours over HTTP. One process runs as many as it likes; each has its
/// own data folder.
/// </summary>
public sealed class DirectoryServer : IAsyncDisposable
{
    internal const string DatabaseFile = "directory.db";

    private readonly FolderLock _folder;
    private readonly DirectoryKeys _keys;
    private readonly IDatabase _database;
    private readonly Operations _operations;
    private readonly FirstRecords _firstRecords;
    private readonly NightlyCleaning _cleaning;
    private readonly RecoveryCompletion _completion;
    private readonly LookUpService _lookUps;
    private readonly WebApplication _web;
    private bool _disposed;

    private DirectoryServer(DirectoryOptions options, FolderLock folder, DirectoryKeys keys, IDatabase database, Operations operations)
    {
        (_folder, _keys, _database, _operations) = (folder, keys, database, operations);
        PublicKeyPem = keys.Rsa.PublicKey.ToPem();
        BaseAddress = options.Listen;
        PublicAddress = options.PublicAddress ?? options.Listen;

        _lookUps = new LookUpService(database, keys, options);
        var outbox = operations.Outbox;
        var (users, recoveryStore) = (new UserStore(database, outbox, _lookUps.Cache), new RecoveryStore(database, outbox, _lookUps.Cache));
        var signer = new RecordSigner(keys.Rsa, keys.Directory, keys.Rev);
        var fresh = new FreshSigner(keys.Fresh, keys.Directory, options.Clock);
        var address = new LinkAddress(() => PublicAddress);
        var registrar = new Registrar(users, signer, options.Activation, address, options.Clock, options.LoggerFactory.CreateLogger<Registrar>());
        var changes = new OwnerChanges(users, signer, options.Clock, options.LoggerFactory.CreateLogger<OwnerChanges>());
        var publications = new Publications(
            new AnswerStore(database), new StatementStore(database, _lookUps.Cache), signer, options.Limits is { } limits ? new NameLimit(limits.Statements, options.Clock) : null,
            options.LoggerFactory.CreateLogger<Publications>());
        var recoveries = new Recoveries(
            users, recoveryStore, signer, options.Activation, address, options.Clock, options.LoggerFactory.CreateLogger<Recoveries>());
        _firstRecords = new FirstRecords(new FirstRecordStore(database), signer);
        _cleaning = new NightlyCleaning(users, recoveryStore, options.Clock, options.LoggerFactory.CreateLogger<NightlyCleaning>());
        _completion = new RecoveryCompletion(users, recoveryStore, signer, options.Clock, options.LoggerFactory.CreateLogger<RecoveryCompletion>());
        _web = BuildWeb(options, operations);
        operations.Use(_web);
        _lookUps.Api.Use(_web);
        operations.Map(_web);
        new HomePage(() => PublicAddress, PublicKeyPem).Map(_web);
        new DirectoryDocumentApi(new DirectoryDocuments(keys, options.Clock)).Map(_web);
        new RegistrationApi(registrar).Map(_web);
        new LinkApi(new OwnerLinks(users, recoveryStore, signer, options.Clock)).Map(_web);
        new OwnerApi(changes, publications, fresh).Map(_web);
        new RecoveryApi(recoveries).Map(_web);
        new HistoryApi(new HistoryStore(database), keys.Directory, fresh).Map(_web);
    }

    /// <summary>Where the server listens, with the port that it really has.</summary>
    public Uri BaseAddress { get; private set; }

    /// <summary>What the links of a registration begin with.</summary>
    public Uri PublicAddress { get; private set; }

    /// <summary>Where metrics are to be had, with the port that it really has; <see langword="null"/> where nowhere.</summary>
    public Uri? MetricsAddress => _operations.MetricsAddress;

    /// <summary>The key that verifies the answers: SPKI in PEM, as in <c>directory.pub</c>.</summary>
    public string PublicKeyPem { get; }

    /// <summary>What is mapped.</summary>
    internal IEnumerable<Endpoint> Routes => ((IEndpointRouteBuilder)_web).DataSources.SelectMany(source => source.Endpoints);

    /// <summary>The key that verifies what is true for a time.</summary>
    internal FreshPublicKey FreshKey => _keys.Fresh.PublicKey;

    /// <summary>
    /// Starts a directory. At the first start it makes its RSA-4096 key (<c>directory.key</c>, mode 0600), which takes seconds, and writes the public
    /// half to <c>directory.pub</c>.
    /// </summary>
    /// <exception cref="DirectoryException">An option, the data folder, the key or the address cannot be used; the message says why.</exception>
    public static async Task<DirectoryServer> StartAsync(DirectoryOptions options, CancellationToken cancellation)
    {
        ListenAddress.Check(options);
        var folder = Path.GetFullPath(options.DataFolder);
        DirectoryServer server;
        try
        {
            OwnerOnly.PrepareFolder(folder);
            server = await OpenAsync(options, folder, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DirectoryException($"Cannot use the data folder {folder}: {e.Message}", e);
        }
        catch (DatabaseUnavailableException e)
        {
            throw new DirectoryException($"Cannot use the database: {e.InnerException?.Message ?? e.Message}", e);
        }

        try
        {
            await server.ListenAsync(options, cancellation).ConfigureAwait(false);
            return server;
        }
        catch (Exception e)
        {
            await server.DisposeAsync().ConfigureAwait(false);
            if (e is DatabaseUnavailableException) throw new DirectoryException($"Cannot use the database: {e.InnerException?.Message ?? e.Message}", e);
            throw;
        }
    }

    /// <summary>Ends the requests that run, and closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await _web.StopAsync().ConfigureAwait(false);
        await _web.DisposeAsync().ConfigureAwait(false);
        await _cleaning.DisposeAsync().ConfigureAwait(false);
        await _completion.DisposeAsync().ConfigureAwait(false);
        await _operations.DisposeAsync().ConfigureAwait(false);
        await _lookUps.DisposeAsync().ConfigureAwait(false);
        await _database.DisposeAsync().ConfigureAwait(false);
        _keys.Dispose();
        _folder.Dispose();
    }

    private static async Task<DirectoryServer> OpenAsync(DirectoryOptions options, string folder, CancellationToken cancellation)
    {
        var held = await FolderLock.TakeAsync(folder, options.Patience, options.Clock, cancellation).ConfigureAwait(false);
        DirectoryKeys? keys = null;
        IDatabase? database = null;
        try
        {
            keys = DirectoryKeys.LoadOrCreate(folder);
            database = await OpenDatabaseAsync(options, folder, cancellation).ConfigureAwait(false);
            await Identity.EnsureAsync(database, keys, cancellation).ConfigureAwait(false);
            return new DirectoryServer(options, held, keys, database, Operations.Open(options, folder, database));
        }
        catch
        {
            if (database is not null) await database.DisposeAsync().ConfigureAwait(false);
            keys?.Dispose();
            held.Dispose();
            throw;
        }
    }

    internal static async Task<IDatabase> OpenDatabaseAsync(DirectoryOptions options, string folder, CancellationToken cancellation) =>
        options.PostgresConnection is { } connection
            ? await PostgresDatabase.OpenAsync(connection, options.DatabaseTimeout, options.Patience, options.Clock, cancellation).ConfigureAwait(false)
            : SqliteDatabase.Open(Path.Combine(folder, DatabaseFile), options.DatabaseTimeout);

    private async Task ListenAsync(DirectoryOptions options, CancellationToken cancellation)
    {
        await WriteFirstRecordsAsync(cancellation).ConfigureAwait(false);
        await _cleaning.CleanAsync().ConfigureAwait(false);
        await _completion.CompleteAsync().ConfigureAwait(false);
        await _lookUps.StartAsync(cancellation).ConfigureAwait(false);
        try
        {
            await _web.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new DirectoryException($"Cannot listen on {options.Listen}: {e.Message}", e);
        }
        var bound = _web.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        BaseAddress = new UriBuilder(options.Listen) { Port = new Uri(bound).Port }.Uri;
        PublicAddress = options.PublicAddress ?? BaseAddress;
        options.LoggerFactory.CreateLogger<DirectoryServer>().LogInformation("The key directory listens on {Address}.", BaseAddress);
        await _operations.StartAsync(() => PublicAddress, cancellation).ConfigureAwait(false);
    }

    private async Task WriteFirstRecordsAsync(CancellationToken cancellation)
    {
        try
        {
            await _firstRecords.WriteAsync(cancellation).ConfigureAwait(false);
        }
        catch (DatabaseUnavailableException e)
        {
            throw new DirectoryException($"Cannot use the database ({_database.Description}): {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    private static WebApplication BuildWeb(DirectoryOptions options, Operations operations)
    {
        // The empty builder reads no settings of the environment and no files: what the server does is in its options.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        operations.AddTo(builder.Services);
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Logging.AddProvider(new ForwardingLoggerProvider(options.LoggerFactory));
        // Below a warning the framework logs the address of each request, and with it the token of a link.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => KestrelSettings.Apply(kestrel, options));
        return builder.Build();
    }
}
