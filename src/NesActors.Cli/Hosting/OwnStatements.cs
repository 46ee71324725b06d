using NesActors.Cli.Commands;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.KeyDirectory.Owner;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Storage.State;
using NesActors.Core.Suites;
using NesActors.Records;

namespace NesActors.Cli.Hosting;

/// <summary>What the user says for suites, put in its place at the person's word: at the key directory of the settings, or in the folder that stands in for one.</summary>
internal sealed class OwnStatements : IDisposable
{
    private readonly Invocation _run;
    private readonly SessionFactory _factory;
    private readonly StateStore _state;
    private readonly IKeyDirectorySource _directory;

    public OwnStatements(Invocation run)
    {
        (_run, _factory) = (run, run.Session());
        _state = _factory.State();
        try
        {
            _directory = _factory.Directory(_state);
        }
        catch
        {
            _state.Dispose();
            throw;
        }
    }

    /// <summary>Where it is put, for a person.</summary>
    public string Place => _run.Settings.Provider.ToString();

    /// <summary>Puts there what the user's keys say when they are used by some suites.</summary>
    /// <param name="suites">Chooses these from what is installed, given the keys.</param>
    /// <param name="force">Whether it takes the place of what another installation of the user says.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The suites that something is said for.</returns>
    /// <exception cref="CliException">Nothing is said for any, or it was not put there.</exception>
    public async Task<IReadOnlyList<string>> PutAsync(Func<InstalledSuites, IKeyStore, ICryptoSuite> suites, bool force, CancellationToken cancellation)
    {
        using var identity = _factory.Identity(suites(_factory.Suites, _factory.Keys()));
        await identity.BindToAsync(_directory, cancellation);
        var record = identity.PublicRecord;
        var said = SuitesIn(record);
        if (said.Count == 0) throw CliException.NotFound($"{record.User} has no keys for a suite that needs more than the RSA keys; a session with --suite {JoinedSuite.Auto} makes some");
        await KeepAsync(record, force, cancellation);
        return said;
    }

    /// <summary>Takes what is said for suites out of the directory altogether.</summary>
    /// <returns>The suites that something was said for.</returns>
    /// <exception cref="CliException">Nothing was, or it was not taken out.</exception>
    public async Task<IReadOnlyList<string>> RemoveAsync(CancellationToken cancellation)
    {
        if (_directory is not HttpKeyDirectory http) throw CliException.Usage($"{Place} is a folder of files: delete {_run.Settings.User}-statement-SUITE.pub in it");
        var said = SuitesIn(await http.LookUpAsync(_run.Settings.User, cancellation) switch
        {
            LookupResult.Found found => found.Record,
            LookupResult.Unavailable unavailable => throw new CliException(ExitCode.Network, unavailable.Detail),
            LookupResult.Untrusted untrusted => throw new CliException(ExitCode.Untrusted, untrusted.Detail),
            _ => throw CliException.NotFound($"{Place} shows no keys of {_run.Settings.User}; look with: nes whois"),
        });
        if (said.Count == 0) throw CliException.NotFound($"{Place} has nothing that {_run.Settings.User} says for suites");
        using var signKey = OwnerKeys.ReadSignKey(_factory.Keys()) ?? throw CliException.NotFound($"{_run.Settings.User} has no key {_factory.PlaceOf(OwnerKeys.SignKey)}, which has to sign for it");
        foreach (var suite in said) (await http.Owner(_run.Settings.User).PublishAsync(suite, null, signKey, cancellation)).Require("it has nothing that you say for suites");
        return said;
    }

    public void Dispose()
    {
        (_directory as IDisposable)?.Dispose();
        _state.Dispose();
    }

    private static IReadOnlyList<string> SuitesIn(PublicRecord record) =>
        [.. record.Entries.Keys.Select(entry => SuiteStatements.IsEntry(entry, out var suite) ? suite : null).OfType<string>().Order(StringComparer.Ordinal)];

    private async Task KeepAsync(PublicRecord record, bool force, CancellationToken cancellation)
    {
        IRecordKeeper keeper = _directory is HttpKeyDirectory http
            ? new StatementPublisher(http, () => OwnerKeys.ReadSignKey(_factory.Keys()), _run.Environment.Clock)
            : await FolderAsync((FolderKeyDirectory)_directory, record, cancellation);
        if (!force && await new OtherInstallation(keeper, _directory, _factory.Suites.All()).FindAsync(record, cancellation) is { } other)
            throw new CliException(ExitCode.Refused, $"{OtherInstallation.Describe(record, other)}; --force lets yours take their place where you publish");
        switch (await keeper.RenewAsync(record, cancellation))
        {
            case RenewalResult.NotTaken not:
                throw new CliException(ExitCode.Refused, not.Detail);
            case RenewalResult.Failed failed:
                throw new CliException(ExitCode.Network, $"{failed.Detail}; try again, or look with: nes doctor");
        }
    }

    private static async Task<FolderKeyDirectory> FolderAsync(FolderKeyDirectory folder, PublicRecord record, CancellationToken cancellation) =>
        await folder.IsThereAsync(record, cancellation) == true
            ? folder
            : throw CliException.NotFound($"{folder.Folder} does not have the keys of {record.User} that are here; put them there with: nes keys export-public --out {folder.Folder}");
}
