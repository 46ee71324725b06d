using System.Security.Cryptography;

namespace NesActors.Crypto.Nes2.Keys;

/// <summary>Bytes of a secret in memory that the garbage collector does not move, so that no copy stays behind; zero after disposing.</summary>
internal sealed class KeyBytes(int length) : IDisposable
{
    private readonly byte[] _bytes = GC.AllocateArray<byte>(length, pinned: true);

    public Span<byte> Span => _bytes;

    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);
}
