using System.Text;
using NesActors.Contracts;
using NesActors.Core.Attach;
using NesActors.Core.Hosting;
using NesActors.Core.Tests.Session;
using NesActors.Testing.Vectors;
using NesActors.Transport.InMemory;

namespace NesActors.Core.Tests.Attach;

/// <summary>The session of another process, over its socket.</summary>
public sealed class AttachedMessengerTests : MessengerSpec, IAsyncLifetime
{
    private readonly Owners _owners = new();

    [Fact]
    public async Task What_one_decides_the_others_see_as_an_event()
    {
        var folder = _owners.NewFolder();
        await _owners.ShareAsync(await StartAsync(VectorUser.Amy, () => new InMemoryTransport(), $"memory://{Guid.NewGuid():N}"), folder);
        var (one, other) = (await _owners.AttachAsync(folder), await _owners.AttachAsync(folder));
        var blocked = await one.ChangeContactAsync(VectorUser.Ben.Username, new ContactChange.Block(), default);
        Assert.Equal(blocked, Assert.Single(await TakeAsync<ContactChanged>(other, 1)).Contact);
        Assert.Equal(blocked, await other.ContactAsync(VectorUser.Ben.Username, default));
    }

    [Fact]
    public async Task An_alias_that_is_none_is_refused_at_the_other_end_too()
    {
        var folder = _owners.NewFolder();
        await _owners.ShareAsync(await StartAsync(VectorUser.Amy, () => new InMemoryTransport(), $"memory://{Guid.NewGuid():N}"), folder);
        await using var raw = await Owners.OpenAsync(folder);
        const string Body = "\u0003ben\u0003\u0001\u0005\u001b[31m";
        await raw.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /change-contact HTTP/1.0\r\nNES-Version: {OwnerInfo.ProgramVersion}\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"));
        using var reader = new StreamReader(raw);
        var answer = await reader.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
    }

    protected override async Task<IMessenger> MessengerOfAsync(NesHost host)
    {
        var folder = _owners.NewFolder();
        await _owners.ShareAsync(host, folder);
        return await _owners.AttachAsync(folder);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _owners.DisposeAsync();
    }
}
