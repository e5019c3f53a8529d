using System.Buffers.Binary;

namespace LiveFace.WebRtc.Rtcp;

/// <summary>
/// Walks the packets that a transport-wide feedback speaks of
/// (draft-holmer-rmcat-transport-wide-cc-extensions-01, section 3.1).
/// </summary>
internal ref struct TransportFeedbackReader
{
    /// <summary>Arrival times count in 250 µs; the reference time in 64 ms.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMicroseconds(250);
    public const int ReferenceShift = 8;
    public const int HeadSize = 8;

    private ReadOnlySpan<byte> _chunks;
    private ReadOnlySpan<byte> _deltas;
    private int _left;
    private ushort _next;
    private long _arrival;

    // The chunk that is being walked: a run of one symbol, or symbols that are shifted out of the top.
    private ushort _symbols;
    private int _symbolBits;
    private int _symbolsLeft;

    public ushort BaseSequence { get; private init; }

    public int StatusCount { get; private init; }

    /// <summary>24 bits, signed, in units of 64 ms.</summary>
    public int ReferenceTime { get; private init; }

    public byte FeedbackCount { get; private init; }

    public static bool TryParse(ReadOnlySpan<byte> fci, out TransportFeedbackReader reader)
    {
        reader = default;
        if (fci.Length < HeadSize)
            return false;
        var count = BinaryPrimitives.ReadUInt16BigEndian(fci[2..]);
        var deltasStart = FindDeltas(fci, count);
        if (count == 0 || deltasStart < 0)
            return false;
        var baseSequence = BinaryPrimitives.ReadUInt16BigEndian(fci);
        var reference = BinaryPrimitives.ReadInt32BigEndian(fci[4..]) >> 8;
        reader = new TransportFeedbackReader
        {
            BaseSequence = baseSequence,
            StatusCount = count,
            ReferenceTime = reference,
            FeedbackCount = fci[7],
            _chunks = fci[HeadSize..deltasStart],
            _deltas = fci[deltasStart..],
            _left = count,
            _next = baseSequence,
            _arrival = (long)reference << ReferenceShift,
        };
        return true;
    }

    /// <summary>
    /// Gives the next packet; <paramref name="arrival"/> in ticks of 250 µs since the sender's zero, only where it was
    /// received. A delta that is missing ends the walk.
    /// </summary>
    public bool TryRead(out ushort sequenceNumber, out bool received, out long arrival)
    {
        sequenceNumber = _next;
        received = false;
        arrival = 0;
        if (_left == 0)
            return false;
        if (_symbolsLeft == 0)
            NextChunk();
        var symbol = TakeSymbol();
        var size = symbol & 3;
        if (size is 1 or 2)
        {
            if (_deltas.Length < size)
            {
                _left = 0;
                return false;
            }

            _arrival += size == 1 ? _deltas[0] : BinaryPrimitives.ReadInt16BigEndian(_deltas);
            _deltas = _deltas[size..];
            received = true;
            arrival = _arrival;
        }

        _next++;
        _left--;
        return true;
    }

    private void NextChunk()
    {
        var chunk = BinaryPrimitives.ReadUInt16BigEndian(_chunks);
        _chunks = _chunks[2..];
        _symbolsLeft = SymbolsIn(chunk);
        if ((chunk & 0x8000) == 0)
        {
            _symbolBits = 0;
            _symbols = (ushort)(chunk >> 13 & 3);
            if (_symbolsLeft == 0) // an empty run says nothing; taken as one packet not received
                (_symbolsLeft, _symbols) = (1, 0);
        }
        else
        {
            _symbolBits = (chunk & 0x4000) == 0 ? 1 : 2;
            _symbols = (ushort)(chunk << 2);
        }
    }

    private int TakeSymbol()
    {
        _symbolsLeft--;
        if (_symbolBits == 0)
            return _symbols;
        var symbol = _symbols >> 16 - _symbolBits;
        _symbols <<= _symbolBits;
        return symbol;
    }

    private static int FindDeltas(ReadOnlySpan<byte> fci, int count)
    {
        var position = HeadSize;
        for (var covered = 0; covered < count; position += 2)
        {
            if (fci.Length < position + 2)
                return -1;
            covered += Math.Max(1, SymbolsIn(BinaryPrimitives.ReadUInt16BigEndian(fci[position..])));
        }

        return position;
    }

    private static int SymbolsIn(ushort chunk) =>
        (chunk & 0x8000) == 0 ? chunk & 0x1FFF : (chunk & 0x4000) == 0 ? 14 : 7;
}
