using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NesActors.Testing;

/// <summary>How a mosquitto of the tests runs: without anything, it takes everybody, over plain TCP.</summary>
public sealed record MosquittoOptions
{
    /// <summary>The only users that may connect, with their passwords; empty: everybody.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    /// <summary>Lines of its ACL file (<c>user alice</c>, <c>topic read nes/alice/#</c>); null: everything is allowed.</summary>
    public IReadOnlyList<string>? Acl { get; init; }

    /// <summary>TLS with this server certificate; null: none.</summary>
    public TestCertificates? Tls { get; init; }

    /// <summary>Whether a client must show a certificate of the same authority.</summary>
    public bool RequireClientCertificate { get; init; }

    /// <summary>Whether it speaks WebSocket instead of plain TCP.</summary>
    public bool WebSockets { get; init; }

    /// <summary>Whether what it keeps for clients outlasts it: written down every second, and when it is asked to end.</summary>
    public bool IsPersistent { get; init; }

    /// <summary>More lines of its configuration, <c>max_packet_size 20000</c> for instance.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    internal string Scheme => (WebSockets, Tls) switch
    {
        (true, null) => "ws",
        (true, _) => "wss",
        (false, null) => "mqtt",
        _ => "mqtts",
    };

    /// <summary>Writes the configuration and what it names into a folder.</summary>
    /// <returns>The configuration file.</returns>
    internal string Write(string folder, int port)
    {
        var lines = new List<string> { "log_dest stderr", IsPersistent ? "persistence true" : "persistence false" };
        if (IsPersistent) lines.AddRange(["autosave_interval 1", $"persistence_location {folder}/"]);
        // As root it would become a user that may not read this folder.
        if (Environment.IsPrivilegedProcess) lines.Insert(0, "user root");
        // With none but WebSockets, versions before 2.1 do not start.
        if (WebSockets) lines.Add(Listener(FreePort.Next()));
        lines.Add(Listener(port));
        if (WebSockets) lines.Add("protocol websockets");
        lines.Add(Users.Count == 0 ? "allow_anonymous true" : "allow_anonymous false");
        if (Users.Count > 0) lines.Add($"password_file {Store(folder, "passwords", Users.Select(user => $"{user.Key}:{Hash(user.Value)}"))}");
        if (Acl is not null) lines.Add($"acl_file {Store(folder, "acl", Acl)}");
        if (Tls is not null) lines.AddRange([$"cafile {Tls.CaFile}", $"certfile {Tls.ServerFile}", $"keyfile {Tls.ServerKeyFile}"]);
        if (RequireClientCertificate) lines.Add("require_certificate true");
        lines.AddRange(Lines);
        return Store(folder, "mosquitto.conf", lines);
    }

    private static string Listener(int port) => string.Create(CultureInfo.InvariantCulture, $"listener {port} 127.0.0.1");

    private static string Store(string folder, string name, IEnumerable<string> lines)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllLines(file, lines);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    // The format of mosquitto_passwd: PBKDF2 with HMAC-SHA-512.
    private static string Hash(string password)
    {
        const int Iterations = 101;
        var salt = RandomNumberGenerator.GetBytes(12);
        var hash = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA512, 64);
        return $"$7${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}";
    }
}
