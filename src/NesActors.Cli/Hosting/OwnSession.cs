using NesActors.Cli.Commands;
using NesActors.Cli.Settings;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.KeyDirectory.Owner;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Core.Keys;
using NesActors.Core.Storage.State;
using NesActors.Core.Suites;
using NesActors.Rsa;

namespace NesActors.Cli.Hosting;

/// <summary>What commands need that speak for the user to the key directory: keys, memory, and the directory itself.</summary>
internal sealed class OwnSession : IDisposable
{
    private OwnSession(SessionFactory factory, NesSettings settings, StateStore state, HttpKeyDirectory directory) =>
        (Factory, Settings, State, Directory) = (factory, settings, state, directory);

    public SessionFactory Factory { get; }

    public NesSettings Settings { get; }

    public StateStore State { get; }

    public HttpKeyDirectory Directory { get; }

    /// <summary>The requests of the name's owner.</summary>
    public DirectoryOwner Owner => Directory.Owner(Settings.User);

    /// <summary>Opens the directory of the settings.</summary>
    /// <exception cref="CliException">It is a folder of files, which has no owners.</exception>
    public static OwnSession Open(Invocation run, NesSettings? settings = null)
    {
        settings ??= run.Settings;
        var factory = run.Session(settings);
        if (settings.Provider.IsFile) throw CliException.Usage($"{settings.Provider} is a folder of files: nobody is asked there; change the files in it");
        var state = factory.State();
        try
        {
            return new OwnSession(factory, settings, state, (HttpKeyDirectory)factory.Directory(state));
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }

    /// <summary>The suite whose keys a directory registers: that in which keys are pinned. What suites over it say of the RSA keys is signed again by itself when these are changed.</summary>
    public ICryptoSuite RsaSuite() => Factory.Suites.Pinned();

    /// <summary>Publishes what the user says for suites, where there is something and the private keys are here, and tells the person where that was not done.</summary>
    public async Task PublishAsync(Invocation run, CancellationToken cancellation)
    {
        if (!Factory.HasPrivateKeys) return;
        // By the suites of a session, so that it says what a session says.
        using var identity = Factory.Identity(Factory.Suites.Reading());
        await identity.BindToAsync(Directory, cancellation);
        var trouble = await new StatementPublisher(Directory, () => OwnerKeys.ReadSignKey(Factory.Keys()), run.Environment.Clock).RenewAsync(identity.PublicRecord, cancellation) switch
        {
            // Who did not ask for a better suite is not told that there is none to be had here.
            RenewalResult.NotTaken not => Settings.Suite == JoinedSuite.Auto ? null : not.Detail,
            RenewalResult.Failed failed => failed.Detail,
            _ => null,
        };
        if (trouble is not null) run.Error.WriteLine($"notice: what you say for your suites is not published: {trouble}; a session (nes listen) tries again");
    }

    /// <summary>The private sign key. The caller disposes it.</summary>
    /// <exception cref="CliException">There is none.</exception>
    public RsaPrivateKey SignKey(string otherwise) => OwnerKeys.ReadSignKey(Factory.Keys())
        ?? throw CliException.NotFound($"{Settings.User} has no key {Factory.PlaceOf(OwnerKeys.SignKey)}; {otherwise}");

    /// <summary>Writes down the statement that revokes these keys, where the directory takes such statements.</summary>
    /// <returns>Its file; null where there is none.</returns>
    public async Task<string?> KeepRevocationAsync(RsaPrivateKey signKey, CancellationToken cancellation)
    {
        if (await Directory.StandingAsync(cancellation) is not DirectoryStanding.Proving proving) return null;
        var keys = Factory.Keys();
        keys.Write(IdentityEntries.Revocation, RevocationStatement.Make(Settings.User, proving.Directory, Directory.Address, signKey).ToJson(), isSecret: true);
        return Factory.PlaceOf(IdentityEntries.Revocation);
    }

    /// <summary>Whether the directory shows these keys as the user's now, whatever it shows besides.</summary>
    public async Task<bool> ShowsAsync(PublicRecord mine, CancellationToken cancellation)
    {
        if (await Directory.LookUpAsync(mine.User, cancellation) is not LookupResult.Found found) return false;
        try
        {
            return OwnerKeys.DigestsOf(found.Record) == OwnerKeys.DigestsOf(mine);
        }
        catch (KeyException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        Directory.Dispose();
        State.Dispose();
    }
}
