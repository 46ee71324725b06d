using NesActors.Contracts;
using NesActors.Core.Hosting;
using NesActors.Core.Tests.Session;

namespace NesActors.Core.Tests.Attach;

/// <summary>The session of another process, over its socket.</summary>
public sealed class AttachedMessengerTests : MessengerSpec, IAsyncLifetime
{
    private readonly Owners _owners = new();

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
