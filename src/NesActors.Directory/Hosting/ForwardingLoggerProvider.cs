using Microsoft.Extensions.Logging;

namespace NesActors.Directory.Hosting;

/// <summary>Hands what the web host logs to the factory of whoever started the server, behind the web host's own filter.</summary>
internal sealed class ForwardingLoggerProvider(ILoggerFactory target) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => target.CreateLogger(categoryName);

    public void Dispose()
    {
        // The target belongs to whoever gave it.
    }
}
