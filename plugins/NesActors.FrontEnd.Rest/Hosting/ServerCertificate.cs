using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NesActors.Contracts.FrontEnd;

namespace NesActors.FrontEnd.Rest.Hosting;

/// <summary>
/// The certificate of the https address, as it lies on the disk: when the files change (certbot renews each in its turn), connections made a minute later see the new one. What cannot be used then is
/// told in the log, and the last good one goes on.
/// </summary>
internal sealed class ServerCertificate
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly string _file, _keyFile;
    private readonly TimeProvider _clock;
    private readonly Action<LogLine> _log;
    private readonly Lock _turn = new();
    private SslServerAuthenticationOptions _options;
    private string _seen;
    private long _lookedAt;

    /// <exception cref="GatewayException">There is none that can be used.</exception>
    public ServerCertificate(string file, string? keyFile, TimeProvider clock, Action<LogLine> log)
    {
        (_file, _keyFile, _clock, _log) = (file, keyFile ?? file, clock, log);
        try
        {
            (_seen, _lookedAt) = (Seen(), clock.GetTimestamp());
            _options = Load();
        }
        catch (Exception e) when (IsOfTheFiles(e))
        {
            throw new GatewayException($"the certificate {file} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>What a connection that is made now is to be shown.</summary>
    public SslServerAuthenticationOptions Options()
    {
        lock (_turn)
        {
            if (_clock.GetElapsedTime(_lookedAt) < LookEvery) return _options;
            _lookedAt = _clock.GetTimestamp();
            try
            {
                var seen = Seen();
                if (seen == _seen) return _options;
                // What cannot be used is told once: it is tried again when it has changed again.
                _seen = seen;
                _options = Load();
                Tell(LogSeverity.Information, "was renewed and is in use now");
            }
            catch (Exception e) when (IsOfTheFiles(e))
            {
                Tell(LogSeverity.Warning, "has changed and cannot be used, the last one stays", e);
            }
            return _options;
        }
    }

    /// <summary>Stands for what is in the files. Their times would not do: a link may come to point to an older file.</summary>
    private string Seen() => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_file))) + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_keyFile)));

    private SslServerAuthenticationOptions Load()
    {
        var certificate = X509Certificate2.CreateFromPemFile(_file, _keyFile);
        var between = new X509Certificate2Collection();
        between.ImportFromPemFile(_file);
        between.RemoveAt(0);
        // An expired one is served: it may be renewed while we run, and whoever connects is told by their own program.
        if (certificate.NotAfter.ToUniversalTime() <= _clock.GetUtcNow().UtcDateTime) Tell(LogSeverity.Warning, $"has expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}; clients will refuse it");
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, between, offline: true),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
    }

    private void Tell(LogSeverity level, string what, Exception? error = null) => _log(new LogLine(level, nameof(ServerCertificate), $"The certificate {_file} {what}.") { Error = error });

    private static bool IsOfTheFiles(Exception error) => error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;
}
