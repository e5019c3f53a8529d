namespace LiveFace.Media.Codecs;

/// <summary>Reads bits, highest first. Past the end it reads zeros and says so.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _position;

    /// <summary>Whether more was read than there is.</summary>
    public readonly bool IsPastEnd => _position > _data.Length * 8;

    public int Bit()
    {
        var index = _position >> 3;
        var bit = index < _data.Length ? (_data[index] >> (7 - (_position & 7))) & 1 : 0;
        // Enough to be past the end; going on would let the counter run over.
        if (index <= _data.Length)
            _position++;
        return bit;
    }

    public bool Flag() => Bit() != 0;

    public uint Bits(int count)
    {
        uint value = 0;
        for (var i = 0; i < count; i++)
            value = value << 1 | (uint)Bit();
        return value;
    }

    /// <summary>An unsigned Exp-Golomb number (H.264, section 9.1).</summary>
    public uint ExpGolomb()
    {
        var zeros = 0;
        while (zeros < 32 && Bit() == 0)
            zeros++;
        return zeros >= 32 ? uint.MaxValue : (1u << zeros) - 1 + Bits(zeros);
    }

    /// <summary>A signed Exp-Golomb number (H.264, section 9.1.1).</summary>
    public int SignedExpGolomb()
    {
        var code = ExpGolomb();
        return (code & 1) != 0 ? (int)(code / 2) + 1 : -(int)(code / 2);
    }
}
