using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Tests.Doctor;

/// <summary>A folder of plugins into which everybody may write.</summary>
public sealed class UnsafePluginsTests(TestNetwork network) : IClassFixture<TestNetwork>, IDisposable
{
    private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite;

    private readonly TestCli _cli = new() { SystemUser = $"unsafe-{Guid.NewGuid():N}"[..16] };

    public void Dispose() => _cli.Dispose();

    [UnixFact]
    public async Task Is_named_by_plugins_and_by_the_doctor_who_closes_it_on_request()
    {
        var folder = MakeOpen();
        var listed = await _cli.RunAsync("plugins");
        Assert.Equal(ExitCode.Usage, listed.Code);
        Assert.Contains($"folder {folder}: nothing in it is used: it may be written by everybody", listed.Out, StringComparison.Ordinal);

        var found = await ExamineAsync();
        Assert.Contains($"plugin folder {folder}: nothing in it is used: it may be written by everybody", found, StringComparison.Ordinal);
        Assert.Contains("nes doctor --fix", found, StringComparison.Ordinal);

        var mended = await ExamineAsync("--fix");
        Assert.Contains($"nobody but you can write {folder} any more", mended, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing in it is used", mended, StringComparison.Ordinal);
        Assert.Equal(Open & ~UnixFileMode.OtherWrite, ModeOf(folder));
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("plugins")).Code);
    }

    [UnixFact]
    public async Task Is_told_at_the_start_of_a_session()
    {
        await _cli.RunAsync("generate");
        var folder = MakeOpen();

        var result = await _cli.RunAsync(["send", "-t", "nobody-here", "-m", "hello", "--timeout", "20", .. network.Options]);

        Assert.Contains($"warning: plugin folder {folder}: nothing in it is used: it may be written by everybody", result.Error, StringComparison.Ordinal);
    }

    private string MakeOpen()
    {
        var folder = _cli.PathOf("plugins");
        System.IO.Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, Open);
        return folder;
    }

    private static UnixFileMode ModeOf(string folder) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(folder);

    private async Task<string> ExamineAsync(params string[] more) => (await _cli.RunAsync(["doctor", "-b", "mqtt://127.0.0.1:1", "-p", new Uri(_cli.Home).AbsoluteUri, .. more])).Out;
}
