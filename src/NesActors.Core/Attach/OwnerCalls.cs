using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using NesActors.Contracts;
using NesActors.Core.Attach.Wire;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Attach;

/// <summary>
/// Calls of the process that runs the session. An answer is waited for where it is best for who calls, see <see cref="AttachedMessenger.TryConnectAsync"/>; once it has begun, it is all there or soon will be, and is read at once.
/// </summary>
/// <param name="socket">The path of its socket.</param>
/// <param name="waitsHere">Whether answers are waited for on the thread that calls.</param>
internal sealed class OwnerCalls(string socket, bool waitsHere) : IDisposable
{
    private readonly CancellationTokenSource _disposed = new();

    /// <summary>Asks for something.</summary>
    /// <param name="path">The call's name.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="cancellation">Hangs up.</param>
    /// <param name="limit">How long to wait for the answer, on this thread; <see langword="null"/>: for ever.</param>
    /// <exception cref="ObjectDisposedException">Nobody is there, or not any more.</exception>
    public async Task<T> AskAsync<T>(string path, IRequest request, Func<BinaryReader, T> read, CancellationToken cancellation, TimeSpan? limit = null)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            using var call = OwnerCall.Begin(socket, path, request);
            using var cancelled = HangUp(call, cancellation);
            using var disposed = HangUp(call, _disposed.Token);
            if (limit is { } most)
            {
                if (!call.Wait(most)) throw Ended(null);
            }
            else if (!waitsHere)
            {
                await call.WaitAsync(cancellation).ConfigureAwait(false);
            }
            return Read(call, read);
        }
        catch (Exception e) when (IsHungUp(e))
        {
            cancellation.ThrowIfCancellationRequested();
            throw Ended(e);
        }
    }

    /// <summary>Events behind a position, and those to come.</summary>
    /// <exception cref="ObjectDisposedException">Nobody is there, or not any more.</exception>
    public async IAsyncEnumerable<MessengerEvent> EventsAsync(long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var call = await BeginEventsAsync(after, cancellation).ConfigureAwait(false);
        using var disposed = HangUp(call, _disposed.Token);
        while (true) yield return await NextAsync(call, cancellation).ConfigureAwait(false);
    }

    /// <summary>Hangs up on all calls.</summary>
    public void Dispose()
    {
        if (_disposed.IsCancellationRequested) return;
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private async Task<OwnerCall> BeginEventsAsync(long after, CancellationToken cancellation)
    {
        OwnerCall? call = null;
        try
        {
            call = OwnerCall.Begin(socket, AttachProtocol.Paths.Events, new Events(after));
            await call.WaitAsync(cancellation).ConfigureAwait(false);
            if (!call.ReadHead()) throw ExceptionOf(call);
            return call;
        }
        catch (Exception e)
        {
            call?.Dispose();
            if (!IsHungUp(e)) throw;
            cancellation.ThrowIfCancellationRequested();
            throw Ended(e);
        }
    }

    private static async Task<MessengerEvent> NextAsync(OwnerCall call, CancellationToken cancellation)
    {
        try
        {
            var length = new byte[sizeof(int)];
            await call.Answer.ReadExactlyAsync(length, cancellation).ConfigureAwait(false);
            var bytes = BinaryPrimitives.ReadInt32LittleEndian(length) is var count and >= 0 and <= AttachProtocol.MaxEventBytes ? new byte[count] : throw new InvalidDataException();
            await call.Answer.ReadExactlyAsync(bytes, cancellation).ConfigureAwait(false);
            using var reader = Fields.Reader(new MemoryStream(bytes));
            return EventWire.Read(reader);
        }
        catch (Exception e) when (IsHungUp(e) || Fields.IsUnreadable(e))
        {
            cancellation.ThrowIfCancellationRequested();
            throw Ended(e);
        }
    }

    private static T Read<T>(OwnerCall call, Func<BinaryReader, T> read)
    {
        if (!call.ReadHead()) throw ExceptionOf(call);
        using var reader = Fields.Reader(call.Answer);
        try
        {
            return read(reader);
        }
        catch (Exception e) when (Fields.IsUnreadable(e))
        {
            throw Ended(e);
        }
    }

    /// <summary>What the other end says instead of an answer.</summary>
    private static Exception ExceptionOf(OwnerCall call)
    {
        using var reader = Fields.Reader(call.Answer);
        Failure failure;
        try
        {
            failure = Failure.Read(reader);
        }
        catch (Exception e) when (IsHungUp(e) || Fields.IsUnreadable(e))
        {
            return Ended(e);
        }
        return failure.Kind switch
        {
            FailureKind.Ended => Ended(null),
            FailureKind.NotFound => new KeyNotFoundException(failure.Message),
            FailureKind.Argument => new ArgumentException(failure.Message),
            FailureKind.State => new StateException(failure.Message),
            FailureKind.Version => new AttachException($"{failure.Message}; this program is version {OwnerInfo.ProgramVersion}: restart that one, or use the same version"),
            _ => new InvalidOperationException($"The process that runs the session has a fault: {failure.Message}"),
        };
    }

    /// <summary>A connection that breaks, and an answer that breaks off or is none, mean that the other process has ended.</summary>
    private static bool IsHungUp(Exception error) => error is IOException or SocketException or ObjectDisposedException or InvalidDataException or OperationCanceledException;

    private static ObjectDisposedException Ended(Exception? cause) => new("The process that ran the session has ended.", cause);

    private static CancellationTokenRegistration HangUp(OwnerCall call, CancellationToken cancellation) => cancellation.UnsafeRegister(static state => ((OwnerCall)state!).Dispose(), call);
}
