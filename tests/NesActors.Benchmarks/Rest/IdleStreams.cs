using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace NesActors.Benchmarks.Rest;

/// <summary>What readers of <c>GET /v1/events</c> cost where nothing happens. They are in a process of their own, so that only the gateway's side counts.</summary>
internal static class IdleStreams
{
    /// <summary>Two heart-beats, and a little more.</summary>
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(32);

    /// <param name="readers">How many.</param>
    public static async Task<int> RunAsync(int readers)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        await using var stage = await RestStage.StartAsync(people: 1, others: 0, limit.Token);
        using (var client = stage.Client())
        {
            // What the first stream alone needs is no part of what each costs.
            using var first = await client.GetAsync(new Uri("/v1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, limit.Token);
            await (await first.Content.ReadAsStreamAsync(limit.Token)).ReadExactlyAsync(new byte[16], limit.Token);
        }
        var before = Now();
        using var holder = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["rest", "hold", $"{stage.Address.Port}", $"{readers}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["NES_TOKEN"] = stage.Secret },
        })!;
        if (await holder.StandardOutput.ReadLineAsync(limit.Token) != "ready") throw new InvalidOperationException("The readers did not come.");
        var open = Now();
        var cpu = Environment.CpuUsage.TotalTime;
        using (var timer = new PeriodicTimer(Watched)) await timer.WaitForNextTickAsync(limit.Token);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        var later = Now();
        holder.StandardInput.Close();
        await holder.WaitForExitAsync(limit.Token);

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
             without readers: {before}
             {readers} readers: {open}
             {Watched.TotalSeconds:F0} s and two heart-beats later: {later}
             each reader: {(later.Resident - before.Resident) / 1024.0 / readers:F1} KiB resident, {(later.Managed - before.Managed) / 1024.0 / readers:F1} KiB of it managed; {later.Threads - before.Threads} threads more
             processor time while nothing happened: {cpu.TotalMilliseconds / Watched.TotalSeconds:F1} ms a second
             """));
        return 0;
    }

    /// <summary>The readers: opens so many streams, says "ready", and reads them until its input ends.</summary>
    public static async Task<int> HoldAsync(int port, int readers)
    {
        var request = Encoding.ASCII.GetBytes($"GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {Environment.GetEnvironmentVariable("NES_TOKEN")}\r\n\r\n");
        var sockets = new List<Socket>();
        for (var i = 0; i < readers; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync("127.0.0.1", port);
            await socket.SendAsync(request);
            sockets.Add(socket);
        }
        var reading = sockets.Select(ReadAsync).ToList();
        await Task.WhenAll(reading.Select(one => one.Begun));
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
        foreach (var socket in sockets) socket.Dispose();
        return 0;
    }

    private static (Task Begun, Task All) ReadAsync(Socket socket)
    {
        var begun = new TaskCompletionSource();
        return (begun.Task, ReadAsync(socket, begun));
    }

    private static async Task ReadAsync(Socket socket, TaskCompletionSource begun)
    {
        var (buffer, seen) = (new byte[2048], "");
        try
        {
            while (await socket.ReceiveAsync(buffer) is > 0 and var count)
            {
                if (begun.Task.IsCompleted) continue;
                seen += Encoding.ASCII.GetString(buffer, 0, count);
                if (seen.Contains("\nid: ", StringComparison.Ordinal)) begun.SetResult();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is over.
        }
        begun.TrySetException(new InvalidOperationException($"The stream ended: {seen}"));
    }

    private static State Now()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return new State(GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64, process.Threads.Count);
    }

    private sealed record State(long Managed, long Resident, int Threads)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Resident / 1048576.0:F1} MiB resident, {Managed / 1048576.0:F1} MiB managed, {Threads} threads");
    }
}
