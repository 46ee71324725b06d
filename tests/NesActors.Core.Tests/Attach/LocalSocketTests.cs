using System.Net.Sockets;
using System.Text;
using NesActors.Contracts;
using NesActors.Core.Attach;
using NesActors.Core.Hosting;
using NesActors.Core.Keys;
using NesActors.Core.Storage.State;
using NesActors.Core.Tests.Session;
using NesActors.Testing.Vectors;
using NesActors.Transport.InMemory;

namespace NesActors.Core.Tests.Attach;

/// <summary>Who owns a state folder, its socket, and what stands in the way of it.</summary>
public sealed class LocalSocketTests : SessionSpec, IAsyncLifetime
{
    private readonly Owners _owners = new();
    private readonly string _folder;

    public LocalSocketTests() => _folder = _owners.NewFolder();

    private string SocketFile => Path.Combine(_folder, LocalSocket.Owner.FileName);

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _owners.DisposeAsync();
    }

    [Fact]
    public void One_alone_has_a_folder_until_it_lets_go()
    {
        using (StateLock.TryTake(_folder)) Assert.Null(StateLock.TryTake(_folder));
        using var next = StateLock.TryTake(_folder);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task Nobody_answers_where_nobody_runs() => Assert.Null(await AttachedMessenger.TryConnectAsync(_folder, default));

    [Fact]
    public async Task Folder_lock_and_socket_are_of_their_owner_alone_and_the_socket_goes_with_the_owner()
    {
        if (OperatingSystem.IsWindows()) return;
        var server = await _owners.ShareAsync(await AmyAsync(), _folder);
        Assert.Equal(FileModes.Folder, File.GetUnixFileMode(_folder));
        Assert.Equal(FileModes.Private, File.GetUnixFileMode(SocketFile));
        Assert.Equal(FileModes.Private, File.GetUnixFileMode(Path.Combine(_folder, StateLock.FileName)));
        await server.DisposeAsync();
        Assert.False(File.Exists(SocketFile));
    }

    [Fact]
    public async Task Nothing_is_handed_to_a_socket_in_a_folder_that_others_may_write_to()
    {
        if (OperatingSystem.IsWindows()) return;
        await _owners.ShareAsync(await AmyAsync(), _folder);
        File.SetUnixFileMode(_folder, FileModes.Folder | UnixFileMode.GroupWrite);
        await Assert.ThrowsAsync<StateException>(() => AttachedMessenger.TryConnectAsync(_folder, default));
    }

    [Fact]
    public async Task A_socket_that_a_killed_owner_left_is_replaced()
    {
        using var held = StateLock.TryTake(_folder);
        // What the framework removes when it closes a socket, a killed process leaves.
        var left = SocketFile + ".left";
        using (var killed = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            killed.Bind(new UnixDomainSocketEndPoint(left));
            File.Move(left, SocketFile);
        }
        held!.Dispose();
        Assert.True(File.Exists(SocketFile));
        Assert.Null(await AttachedMessenger.TryConnectAsync(_folder, default));

        await _owners.ShareAsync(await AmyAsync(), _folder);
        Assert.Equal(VectorUser.Amy.Username, (await _owners.AttachAsync(_folder)).Me);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_foreign_file_in_the_way_stays_and_is_named(bool isFolder)
    {
        var amy = await AmyAsync();
        var held = _owners.Take(_folder);
        if (isFolder) System.IO.Directory.CreateDirectory(SocketFile);
        else await File.WriteAllTextAsync(SocketFile, "not yours");
        Assert.Null(await AttachedMessenger.TryConnectAsync(_folder, default));
        var error = await Assert.ThrowsAsync<StateException>(() => AttachServer.StartAsync(held, amy, Owners.Info(amy), default));
        Assert.Contains(SocketFile, error.Message, StringComparison.Ordinal);
        Assert.True(isFolder || await File.ReadAllTextAsync(SocketFile) == "not yours");
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_leads_to_a_shorter_one_that_goes_with_the_owner()
    {
        var folder = Path.Combine(_folder, new string('x', 120));
        var server = await _owners.ShareAsync(await AmyAsync(), folder);
        var target = new FileInfo(Path.Combine(folder, LocalSocket.Owner.FileName)).LinkTarget;
        Assert.Equal(VectorUser.Amy.Username, (await _owners.AttachAsync(folder)).Me);
        await server.DisposeAsync();
        Assert.False(System.IO.Directory.Exists(Path.GetDirectoryName(target)));
        Assert.Empty(System.IO.Directory.GetFiles(folder, LocalSocket.Owner.FileName));
    }

    [Fact]
    public async Task A_program_of_another_version_is_told_to_restart_one_of_them()
    {
        await _owners.ShareAsync(await AmyAsync(), _folder);
        await using var stream = await Owners.OpenAsync(_folder);
        await stream.WriteAsync("POST /session HTTP/1.1\r\nHost: nes\r\nNES-Version: 0.0.9\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync().WaitAsync(Patience);
        Assert.StartsWith("HTTP/1.1 409 ", answer, StringComparison.Ordinal);
        Assert.Contains(OwnerInfo.ProgramVersion, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\0\u0001\u0002 no HTTP at all\n\n")]
    [InlineData("POST /send HTTP/1.0\r\nNES-Version: {v}\r\nContent-Length: 9\r\n\r\n0123")]
    [InlineData("POST /send HTTP/1.0\r\nNES-Version: {v}\r\nContent-Length: 9\r\n\r\n\u0001\0\0\u0000abcde")]
    [InlineData("POST /send HTTP/1.0\r\nNES-Version: {v}\r\nContent-Length: 4\r\n\r\n\u00ff\u00ff\u00ff\u007f")]
    [InlineData("POST /send HTTP/1.0\r\nNES-Version: {v}\r\nContent-Length: 33\r\n\r\n\u0001\0\0\u00000123456789abcdef\u0009../../etc\u0002hi")]
    [InlineData("POST /send HTTP/1.0\r\nNES-Version: {v}\r\nContent-Length: 28\r\n\r\n\u0001\0\0\u00000123456789abcdef\u0003ben\u0002hi{")]
    [InlineData("POST /send HTTP/1.0\r\nNES-Version: {v}\r\nContent-Length: 27\r\n\r\n\u0001\0\0\u00000123456789abcdef\u0003ben\u0002\u00c3(")]
    [InlineData("POST /send HTTP/1.0\r\nNES-Version: {v}\r\nContent-Length: 29\r\n\r\n\u0001\0\0\u00000123456789abcdef\u0003ben\u00ff\u00ff\u00ff\u007f(")]
    [InlineData("POST /send HTTP/1.0\r\nNES-Version: {v}\r\nContent-Length: 99999999\r\n\r\n{")]
    [InlineData("POST /wait HTTP/1.0\r\nNES-Version: {v}\r\nContent-Length: 25\r\n\r\n0123456789abcdef\u00ff\0\0\0\0\0\0\0\0")]
    [InlineData("POST /change-contact HTTP/1.0\r\nNES-Version: {v}\r\nContent-Length: 5\r\n\r\n\u0003ben\u00ff")]
    [InlineData("POST /history HTTP/1.0\r\nNES-Version: {v}\r\nContent-Length: 10\r\n\r\n\u0003ben\0\0\u009c\u00ff\u00ff\u00ff")]
    [InlineData("GET /../../etc/passwd HTTP/1.1\r\nHost: nes\r\nNES-Version: {v}\r\n\r\n")]
    [InlineData("POST /settle HTTP/1.1\r\nHost: nes\r\nNES-Version: {v}\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n")]
    public async Task Hostile_bytes_are_refused_and_the_session_goes_on(string bytes)
    {
        await _owners.ShareAsync(await AmyAsync(), _folder);
        await using (var stream = await Owners.OpenAsync(_folder))
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes.Replace("{v}", OwnerInfo.ProgramVersion, StringComparison.Ordinal)));
            stream.Socket.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream);
            Assert.DoesNotContain(" 200 ", await reader.ReadToEndAsync().WaitAsync(Patience), StringComparison.Ordinal);
        }
        Assert.Empty(await (await _owners.AttachAsync(_folder)).ContactsAsync(default));
    }

    [Fact]
    public async Task The_same_message_sent_twice_goes_out_once()
    {
        await _owners.ShareAsync(await AmyAsync(), _folder);
        var attached = await _owners.AttachAsync(_folder);
        var id = MessageId.New(Clock);
        await attached.SendAsync(id, VectorUser.Ben.Username, "once", default);
        await attached.SendAsync(id, VectorUser.Ben.Username, "once", default);
        Assert.Equal(MessageState.Published, (await attached.SettleAsync(id, Patience, default)).State);
        Assert.Single(await attached.HistoryAsync(VectorUser.Ben.Username, null, null, 10, default));
        Assert.Empty(await attached.HistoryAsync(VectorUser.Ben.Username, null, id, 10, default));
    }

    [Fact]
    public async Task Keys_are_asked_for_through_the_socket()
    {
        await _owners.ShareAsync(await AmyAsync(), _folder);
        var attached = await _owners.AttachAsync(_folder);
        var found = await attached.LookUpAsync(VectorUser.Ben.Username, default);
        Assert.Equal((SendFailure.None, TrustState.Pinned), (found.Failure, found.Contact.Trust));
        Assert.Equal(await attached.ContactAsync(VectorUser.Ben.Username, default), found.Contact);
        Assert.Equal(SendFailure.UnknownUser, (await attached.LookUpAsync(Username.Parse("nobody"), default)).Failure);
    }

    private Task<NesHost> AmyAsync() => StartAsync(VectorUser.Amy, () => new InMemoryTransport(), $"memory://{Guid.NewGuid():N}");
}
