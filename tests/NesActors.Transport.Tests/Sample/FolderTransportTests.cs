using System.Diagnostics;
using NesActors.Contracts.Transport;
using NesActors.PluginContracts.Transport;
using Sample.Folder;

namespace NesActors.Transport.Tests.Sample;

/// <summary>The sample of docs/adding-a-plugin.md, and what lies in a folder that others can write to.</summary>
public sealed class FolderTransportTests : TransportSpec
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nes-folder-").FullName;

    protected override TransportOptions Options => new(new Uri($"folder://{_folder}"));

    protected override TransportOptions UnreachableOptions => new(new Uri($"folder://{_folder}/nobody-made-this"));

    private string Mailbox => Path.Combine(_folder, Bob.Value);

    protected override Task StartCarrierAsync() => Task.CompletedTask;

    protected override Task StopCarrierAsync()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    protected override ITransport CreateTransport() => new FolderTransport();

    [SkippableFact]
    public async Task Keeps_what_is_sent_to_a_mailbox_that_nobody_has()
    {
        await PublishAsync(await ConnectSenderAsync(), Bob, Bytes("before anybody came"));

        var collector = new FrameCollector();
        await ConnectAsync(collector, Options, Bob);

        Assert.Equal(["before anybody came"], Texts(await collector.WaitForAsync(1)));
    }

    [SkippableTheory]
    [InlineData("note.txt")]
    [InlineData("0000000000000000001-0123456789ABCDEF.frame\n")]
    [InlineData("0000000000000000001-0123456789ABCDEF.frame.part")]
    [InlineData("1-0123456789ABCDEF.frame")]
    [InlineData("٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠١-0123456789ABCDEF.frame")]
    [InlineData("\u001b[2J.frame")]
    public async Task Leaves_alone_what_has_no_frames_name(string name)
    {
        Directory.CreateDirectory(Mailbox);
        var stray = Path.Combine(Mailbox, name);
        await File.WriteAllTextAsync(stray, "Fnot a frame");

        await OnlyTheNextArrivesAsync();

        Assert.True(File.Exists(stray));
    }

    [SkippableFact]
    public async Task Leaves_alone_a_file_that_is_empty_or_without_the_mark_or_too_large()
    {
        Directory.CreateDirectory(Mailbox);
        await File.WriteAllTextAsync(Frame(1), "");
        await File.WriteAllTextAsync(Frame(2), "no mark");
        await using (var large = File.Create(Frame(3)))
        {
            large.WriteByte((byte)'F');
            large.SetLength(100L * 1024 * 1024 * 1024);
        }

        await OnlyTheNextArrivesAsync();
    }

    [SkippableFact]
    public async Task Follows_no_link_to_a_file()
    {
        Directory.CreateDirectory(Mailbox);
        var secret = Path.Combine(_folder, "somebody's file");
        await File.WriteAllTextAsync(secret, "Fsecret");
        File.CreateSymbolicLink(Frame(1), secret);

        await OnlyTheNextArrivesAsync();

        Assert.Equal("Fsecret", await File.ReadAllTextAsync(secret));
    }

    [SkippableFact]
    public async Task Does_not_wait_for_a_pipe_that_nobody_writes_to()
    {
        Skip.If(OperatingSystem.IsWindows(), "there are no named pipes in folders");
        Directory.CreateDirectory(Mailbox);
        using (var made = Process.Start("mkfifo", Frame(1))) await made.WaitForExitAsync();

        await OnlyTheNextArrivesAsync();
    }

    [SkippableFact]
    public async Task Neither_writes_nor_reads_through_a_mailbox_that_is_a_link()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(_folder, "elsewhere")).FullName;
        await File.WriteAllTextAsync(Path.Combine(elsewhere, Path.GetFileName(Frame(1))), "Fsomebody's");
        Directory.CreateSymbolicLink(Mailbox, elsewhere);
        var collector = new FrameCollector();
        var transport = await ConnectAsync(collector, Options, Bob, Carol);

        var result = await transport.PublishAsync(Bob, Bytes("lost"), CancellationToken.None);
        await PublishAsync(transport, Carol, Bytes("for carol"));

        Assert.Equal(PublishOutcome.Refused, result.Outcome);
        Assert.Equal(["for carol"], Texts(await collector.WaitForAsync(1)));
        Assert.Single(Directory.EnumerateFileSystemEntries(elsewhere));
    }

    [SkippableFact]
    public async Task Does_not_write_through_a_link_in_the_place_of_a_session()
    {
        var options = DurableOptions();
        await (await ConnectAsync(new FrameCollector(), options)).DisposeAsync();
        var session = Assert.Single(Directory.EnumerateFiles(_folder));
        var victim = Path.Combine(_folder, "victim");
        await File.WriteAllTextAsync(victim, "untouched");
        File.Delete(session);
        File.CreateSymbolicLink(session, victim);

        await ConnectAsync(new FrameCollector(), options);

        Assert.Equal("untouched", await File.ReadAllTextAsync(victim));
    }

    [SkippableFact]
    public async Task Refuses_a_frame_when_too_many_wait_or_it_is_too_large()
    {
        Directory.CreateDirectory(Mailbox);
        foreach (var number in Enumerable.Range(0, 1000)) await File.WriteAllBytesAsync(Frame(number), [(byte)'F']);
        var sender = await ConnectSenderAsync();

        Assert.Equal(PublishOutcome.Refused, (await sender.PublishAsync(Bob, Bytes("x"), CancellationToken.None)).Outcome);
        Assert.Equal(PublishOutcome.Refused, (await sender.PublishAsync(Carol, new byte[1024 * 1024 + 1], CancellationToken.None)).Outcome);
    }

    [SkippableFact]
    public async Task Leaves_nothing_behind_when_a_frame_cannot_be_written()
    {
        await File.WriteAllTextAsync(Mailbox, "a file in the place of the mailbox");

        var result = await (await ConnectSenderAsync()).PublishAsync(Bob, Bytes("x"), CancellationToken.None);

        Assert.Equal(PublishOutcome.NotSent, result.Outcome);
        Assert.Equal([Mailbox], Directory.EnumerateFileSystemEntries(_folder));
    }

    [SkippableFact]
    public async Task Leaves_no_empty_mailbox_behind_of_somebody_without_a_session()
    {
        var collector = new FrameCollector();
        var receiver = await ConnectAsync(collector, Options, Bob, Carol);
        var sender = await ConnectSenderAsync();
        await PublishAsync(sender, Bob, Bytes("taken"));
        await collector.WaitForAsync(1);
        Directory.CreateDirectory(Path.Combine(_folder, Carol.Value));
        await File.WriteAllTextAsync(Path.Combine(_folder, Carol.Value, "note.txt"), "somebody's");

        await receiver.DisposeAsync();

        Assert.False(Directory.Exists(Mailbox));
        Assert.True(Directory.Exists(Path.Combine(_folder, Carol.Value)));
        await PublishAsync(sender, Bob, Bytes("to a mailbox that is made again"));
    }

    [SkippableFact]
    public async Task Leaves_the_mailbox_of_a_session_where_it_is()
    {
        var receiver = await ConnectAsync(new FrameCollector(), DurableOptions(), Bob);
        Directory.CreateDirectory(Mailbox);

        await receiver.DisposeAsync();

        Assert.True(Directory.Exists(Mailbox));
    }

    private string Frame(int number) => Path.Combine(Mailbox, FormattableString.Invariant($"{number:D19}-0123456789ABCDEF.frame"));

    private async Task OnlyTheNextArrivesAsync()
    {
        var collector = new FrameCollector();
        await ConnectAsync(collector, Options, Bob);
        await PublishAsync(await ConnectSenderAsync(), Bob, Bytes("a frame"));
        Assert.Equal(["a frame"], Texts(await collector.WaitForAsync(1)));
    }
}
