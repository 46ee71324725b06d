using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace NesActors.Testing;

/// <summary>How a mail server is reached.</summary>
public enum EximSecurity
{
    /// <summary>STARTTLS, then a login.</summary>
    StartTls,

    /// <summary>TLS from the first byte, then a login.</summary>
    Tls,

    /// <summary>In the clear and without a login: what a server on the same machine may be.</summary>
    None,
}

/// <summary>
/// A real mail server, exim, on a free port of the loopback interface: TLS, login as <see cref="User"/>, and every mail stays in its queue, where the
/// test reads it. It asks for nothing of the system but its program.
/// </summary>
public sealed class EximServer : IAsyncDisposable
{
    /// <summary>The program that a test needs which starts one.</summary>
    public const string Program = "exim4";

    /// <summary>Who may log in.</summary>
    public const string User = "directory";

    /// <summary>The password of <see cref="User"/>.</summary>
    public const string Password = "correct horse";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly TestCertificates _certificates;
    private readonly EximSecurity _security;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nes-exim-");
    private readonly StringBuilder _errors = new();
    private Process? _process;

    /// <summary>One that is not started yet: nothing listens at its port.</summary>
    /// <param name="certificates">Its certificate.</param>
    /// <param name="security">How it is reached.</param>
    public EximServer(TestCertificates certificates, EximSecurity security = EximSecurity.StartTls)
    {
        (_certificates, _security) = (certificates, security);
        Port = FreePort.Next();
        Write();
    }

    /// <summary>The port at which it listens once it is started.</summary>
    public int Port { get; }

    /// <summary>The mails that it took, in the order in which it took them.</summary>
    public IReadOnlyList<ReceivedMail> Mails()
    {
        var queue = Path.Combine(_folder.FullName, "spool", "input");
        if (!Directory.Exists(queue)) return [];
        return [.. Directory.EnumerateFiles(queue, "*-H").Order(StringComparer.Ordinal).Select(file => ReceivedMail.Read(file, file[..^1] + "D"))];
    }

    /// <summary>Starts it; when this returns, it takes connections.</summary>
    public async Task StartAsync()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = Path.Combine(_folder.FullName, "spool", "mainlog");
        File.Delete(log);
        // It says that it listens in its log alone; started by an ordinary user, that is its standard error.
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(log)!, "mainlog") { EnableRaisingEvents = true };
        watcher.Changed += (_, _) => Look();
        watcher.Created += (_, _) => Look();
        var start = new ProcessStartInfo(RealParts.Require(Program), ["-C", Path.Combine(_folder.FullName, "exim.conf"), "-bdf"]);
        (start.RedirectStandardError, start.UseShellExecute) = (true, false);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.ErrorDataReceived += (_, line) =>
        {
            _errors.AppendLine(line.Data);
            Hear(line.Data ?? "");
        };
        _process.Exited += (_, _) => started.TrySetException(new InvalidOperationException($"exim did not start:\n{_errors}"));
        _process.Start();
        _process.BeginErrorReadLine();
        await started.Task.WaitAsync(StartTimeout);

        void Look()
        {
            using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            Hear(reader.ReadToEnd());
        }

        void Hear(string said)
        {
            if (said.Contains("daemon started", StringComparison.Ordinal)) started.TrySetResult();
        }
    }

    /// <summary>Ends it; what it took stays.</summary>
    public async Task StopAsync()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    private void Write()
    {
        var folder = _folder.FullName;
        var everybody = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.UserWrite;
        var open = everybody | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("There is no exim.");
        // Started by root, it takes mail as nobody, who must get at these.
        File.SetUnixFileMode(folder, everybody | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(Directory.CreateDirectory(Path.Combine(folder, "spool")).FullName, open);
        foreach (var (name, content) in ((string, string)[])
            [("server.pem", File.ReadAllText(_certificates.ServerFile)), ("server.key", File.ReadAllText(_certificates.ServerKeyFile)), ("exim.conf", Configuration(folder))])
        {
            File.WriteAllText(Path.Combine(folder, name), content);
            File.SetUnixFileMode(Path.Combine(folder, name), everybody);
        }
    }

    [DllImport("libc", EntryPoint = "getuid")]
    private static extern uint GetUserId();

    [DllImport("libc", EntryPoint = "getgid")]
    private static extern uint GetGroupId();

    private string Configuration(string folder)
    {
        // Exim has braces of its own.
        const string encryptedHosts = "${if eq{$tls_in_cipher}{}{}{*}}";
        const string mayLogIn = "${if and{{eq{$auth2}{" + User + "}}{eq{$auth3}{" + Password + "}}}}";
        return $$"""
            {{(Environment.IsPrivilegedProcess ? "exim_user = nobody\nexim_group = nogroup" : $"exim_user = {GetUserId()}\nexim_group = {GetGroupId()}")}}
            spool_directory = {{folder}}/spool
            log_file_path = {{folder}}/spool/%slog
            pid_file_path = {{folder}}/spool/pid
            primary_hostname = localhost
            local_interfaces = 127.0.0.1
            daemon_smtp_ports = {{Port}}
            {{(_security == EximSecurity.Tls ? $"tls_on_connect_ports = {Port}" : "")}}
            queue_only = true
            keep_environment =
            host_lookup =
            rfc1413_hosts =
            smtp_accept_max = 0
            smtp_accept_reserve = 0
            tls_advertise_hosts = {{(_security == EximSecurity.None ? "" : "*")}}
            tls_certificate = {{folder}}/server.pem
            tls_privatekey = {{folder}}/server.key
            auth_advertise_hosts = {{encryptedHosts}}
            acl_smtp_rcpt = check_recipient
            begin acl
            check_recipient:
              deny local_parts = unknown
                   message = 5.1.1 no such user
              accept {{(_security == EximSecurity.None ? "" : "authenticated = *")}}
              deny message = log in first
            begin authenticators
            plain:
              driver = plaintext
              public_name = PLAIN
              server_prompts = :
              server_condition = {{mayLogIn}}
              server_set_id = $auth2

            """;
    }
}
