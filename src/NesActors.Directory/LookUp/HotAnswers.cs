namespace NesActors.Directory.LookUp;

/// <summary>
/// The answers that are asked for again and again, up to a number of bytes. Reading takes no lock. An answer is kept at its second look-up within a while, so that
/// look-ups of everybody in turn do not push out the answers in demand.
/// </summary>
/// <param name="capacity">Bytes of the answers together.</param>
internal sealed class HotAnswers(long capacity)
{
    private const int Ways = 4;
    private const int Sets = 1 << 13;
    private const int Overhead = 256;

    private readonly Lock _changing = new();
    private readonly LookUpAnswer?[] _answers = new LookUpAnswer?[Sets * Ways];
    private readonly int[] _changes = new int[Sets];
    private readonly ushort[] _askedFor = new ushort[1 << 16];
    private long _bytes;
    private int _hand;

    /// <returns>Null where the answer is not kept.</returns>
    public LookUpAnswer? Find(ReadOnlySpan<char> name, uint hash)
    {
        var first = FirstOf(hash);
        for (var at = first; at < first + Ways; at++)
        {
            if (Volatile.Read(ref _answers[at]) is { } answer && name.SequenceEqual(answer.Name)) return answer;
        }
        return null;
    }

    /// <summary>To be asked for before the database is: an answer that was read before a change and comes after it is not kept.</summary>
    public int Ticket(uint hash) => Volatile.Read(ref _changes[SetOf(hash)]);

    /// <summary>Keeps an answer, perhaps.</summary>
    /// <param name="answer">What the database said.</param>
    /// <param name="hash">Of its name.</param>
    /// <param name="ticket">From before that.</param>
    public void Offer(LookUpAnswer answer, uint hash, int ticket)
    {
        if (!IsInDemand(hash) || SizeOf(answer) > capacity) return;
        lock (_changing)
        {
            if (_changes[SetOf(hash)] != ticket) return;
            Put(PlaceFor(answer.Name, hash), answer);
            // The hand goes round and frees places until the rest fits.
            while (_bytes > capacity)
            {
                _hand = (_hand + 1) % _answers.Length;
                if (_answers[_hand] != answer) Put(_hand, null);
            }
        }
    }

    /// <summary>Forgets a name, and whatever was read of it before this.</summary>
    public void Forget(ReadOnlySpan<char> name, uint hash)
    {
        lock (_changing)
        {
            Volatile.Write(ref _changes[SetOf(hash)], _changes[SetOf(hash)] + 1);
            var first = FirstOf(hash);
            for (var at = first; at < first + Ways; at++)
            {
                if (_answers[at] is { } answer && name.SequenceEqual(answer.Name)) Put(at, null);
            }
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_changing)
        {
            for (var set = 0; set < Sets; set++) Volatile.Write(ref _changes[set], _changes[set] + 1);
            for (var at = 0; at < _answers.Length; at++) Put(at, null);
        }
    }

    // Threads may get in each other's way here: then an answer is kept a look-up earlier or later.
    private bool IsInDemand(uint hash)
    {
        var (place, mark) = (hash & (_askedFor.Length - 1), (ushort)(hash >> 16 | 1));
        if (_askedFor[place] == mark) return true;
        _askedFor[place] = mark;
        return false;
    }

    private int PlaceFor(string name, uint hash)
    {
        var first = FirstOf(hash);
        var free = -1;
        for (var at = first; at < first + Ways; at++)
        {
            if (_answers[at]?.Name == name) return at;
            if (_answers[at] is null) free = at;
        }
        return free >= 0 ? free : first + (int)(hash / Sets % Ways);
    }

    private void Put(int at, LookUpAnswer? answer)
    {
        _bytes += SizeOf(answer) - SizeOf(_answers[at]);
        Volatile.Write(ref _answers[at], answer);
    }

    private static long SizeOf(LookUpAnswer? answer) => answer is null ? 0 : answer.Body.Length + Overhead;

    private static int SetOf(uint hash) => (int)(hash % Sets);

    private static int FirstOf(uint hash) => SetOf(hash) * Ways;
}
