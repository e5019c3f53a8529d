using System.Buffers.Binary;

namespace LiveFace.Media.Ffmpeg.Nut;

/// <summary>Reads the fields of one NUT packet. Past the end it throws, which its reader turns into one clear error.</summary>
internal ref struct NutField(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    public long Number()
    {
        long value = 0;
        for (var i = 0; i < 9; i++)
        {
            var part = Byte();
            value = value << 7 | (long)(part & 0x7F);
            if ((part & 0x80) == 0)
                return value;
        }

        throw new InvalidDataException("A number in a NUT packet is too long.");
    }

    public int Count(int maximum)
    {
        var value = Number();
        return value <= maximum ? (int)value : throw new InvalidDataException($"A NUT packet says {value} where at most {maximum} makes sense.");
    }

    public long Signed()
    {
        var value = Number() + 1;
        return (value & 1) != 0 ? -(value >> 1) : value >> 1;
    }

    public ReadOnlySpan<byte> Bytes(int maximum)
    {
        var length = Count(maximum);
        if (length > _rest.Length)
            throw new InvalidDataException("A NUT packet ends too early.");
        var bytes = _rest[..length];
        _rest = _rest[length..];
        return bytes;
    }

    private byte Byte()
    {
        if (_rest.IsEmpty)
            throw new InvalidDataException("A NUT packet ends too early.");
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }
}
