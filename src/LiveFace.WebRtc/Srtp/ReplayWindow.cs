namespace LiveFace.WebRtc.Srtp;

/// <summary>Remembers which of the last 1,024 packet indexes came (RFC 3711 3.3.2).</summary>
internal sealed class ReplayWindow
{
    /// <summary>Wide enough that retransmissions and burst reordering at high rates are not taken for replays.</summary>
    public const int Size = 1024;

    readonly ulong[] _seen = new ulong[Size / 64];
    bool _started;

    /// <summary>The highest index so far.</summary>
    public ulong Highest { get; private set; }

    /// <summary>Whether the index is new and not too old.</summary>
    public bool Allows(ulong index)
    {
        if (!_started || index > Highest)
            return true;
        return Highest - index < Size && (_seen[Word(index)] & Bit(index)) == 0;
    }

    /// <summary>Marks an authenticated index.</summary>
    public void Mark(ulong index)
    {
        if (!_started)
        {
            _started = true;
            Highest = index;
        }
        else if (index > Highest)
        {
            // The slots between are for packets that have not come yet.
            if (index - Highest >= Size)
            {
                Array.Clear(_seen);
            }
            else
            {
                for (var between = Highest + 1; between < index; between++)
                    _seen[Word(between)] &= ~Bit(between);
            }

            Highest = index;
        }

        _seen[Word(index)] |= Bit(index);
    }

    static int Word(ulong index) => (int)(index % Size / 64);

    static ulong Bit(ulong index) => 1UL << (int)(index % 64);
}
