using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Core.Storage.State;
using NesActors.Directory.Tests.Support;
using NesActors.Records;

namespace NesActors.Directory.Tests.Client;

/// <summary>What a user's keys are told of the directory that the user is at, and what a record says of the one that it came from.</summary>
public sealed class DirectoryBindingTests
{
    private static readonly DirectoryId Here = new(ProvingDirectory.Id.Hex);

    private readonly Told _identity = new();

    [Fact]
    public async Task Keys_are_bound_to_a_directory_that_proves_its_records_whatever_key_it_has_by_now()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        using (var client = directory.Client()) await _identity.BindToAsync(client, default);
        directory.Key = ProvingDirectory.Second;
        directory.Say(directory.Rotation(1, ProvingDirectory.First, ProvingDirectory.Second));
        using (var client = directory.Client(new VolatileDirectoryMemory(), ProvingDirectory.Second)) await _identity.BindToAsync(client, default);

        Assert.Equal([Here, Here], _identity.Bound);
    }

    [Fact]
    public async Task Keys_are_bound_to_none_at_a_directory_without_an_id()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Forget("GET /directory");
        using var client = directory.Client();
        await _identity.BindToAsync(client, default);
        await _identity.BindToAsync(new FolderKeyDirectory(Path.GetTempPath()), default);

        Assert.Equal([null, null], _identity.Bound);
    }

    [Fact]
    public async Task Keys_stay_bound_as_they_are_where_the_directory_does_not_answer_or_is_not_to_be_believed()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        using (var client = directory.Client()) await _identity.BindToAsync(client, default);
        // It has proved itself before; somebody answers in its place now.
        directory.Clock.Advance(DirectoryDocument.MaxLifetime * 2);
        directory.Forget("GET /directory");
        using (var client = directory.Client()) await _identity.BindToAsync(client, default);
        directory.Answer("GET /directory", 503, "busy");
        using (var client = directory.Client(new VolatileDirectoryMemory())) await _identity.BindToAsync(client, default);
        using (var client = directory.Client(new BrokenMemory())) await _identity.BindToAsync(client, default);

        Assert.Equal([Here], _identity.Bound);
    }

    [Fact]
    public async Task A_record_names_the_directory_that_proved_it()
    {
        await using var directory = await ProvingDirectory.StartAsync();
        directory.Serve(directory.Record());
        using var client = directory.Client();

        Assert.Equal(Here, Assert.IsType<LookupResult.Found>(await client.LookUpAsync(Username.Parse("bob"), default)).Record.Directory);
    }

    private sealed class BrokenMemory : IDirectoryMemory
    {
        public KnownDirectory? Find(Digest anchor) => throw new StateException("The disk is gone.");

        public KnownDirectory Remember(KnownDirectory directory) => throw new NotSupportedException();

        public SeenRecord? Find(Digest directory, Username user) => throw new NotSupportedException();

        public SeenRecord See(Digest directory, Username user, SeenRecord record) => throw new NotSupportedException();
    }

    private sealed class Told : ILocalIdentity
    {
        public List<DirectoryId?> Bound { get; } = [];

        public Username User => throw new NotSupportedException();

        public PublicRecord PublicRecord => throw new NotSupportedException();

        public Fingerprint Fingerprint => throw new NotSupportedException();

        public void BindTo(DirectoryId? directory) => Bound.Add(directory);

        public byte[] Compose(Message message) => throw new NotSupportedException();

        public SealedFrame Seal(ReadOnlyMemory<byte> content, IPeerIdentity recipient) => throw new NotSupportedException();

        public OpenResult Open(ReadOnlyMemory<byte> frame) => throw new NotSupportedException();

        public void Dispose() { }
    }
}
