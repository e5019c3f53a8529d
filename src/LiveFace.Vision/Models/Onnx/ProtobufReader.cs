using System.Buffers.Binary;
using System.Text;

namespace LiveFace.Vision.Models.Onnx;

/// <summary>Reads the fields of one protobuf message, one after the other. Every length is checked against what is left.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;
    private ReadOnlySpan<byte> _left = message;
    private int _wire;

    /// <summary>The number of the field that <see cref="Next"/> stands at.</summary>
    public int Field { get; private set; }

    /// <summary>Goes to the next field; its value has to be taken by one of the other methods.</summary>
    public bool Next()
    {
        if (_left.IsEmpty)
            return false;
        var key = ReadVarint();
        Field = (int)(key >> 3);
        _wire = (int)(key & 7);
        return Field > 0 ? true : throw Broken();
    }

    public long Integer() => _wire == Varint ? (long)ReadVarint() : throw Broken();

    public float Float() => _wire == Fixed32 ? BinaryPrimitives.ReadSingleLittleEndian(Take(4)) : throw Broken();

    public ReadOnlySpan<byte> Message() => _wire == Bytes ? TakeBytes() : throw Broken();

    public string Text() => Encoding.UTF8.GetString(Message());

    /// <summary>Adds a repeated whole number, packed or not.</summary>
    public void Integers(List<long> to)
    {
        if (_wire != Bytes)
        {
            to.Add(Integer());
            return;
        }
        var inner = new ProtobufReader(TakeBytes());
        while (!inner._left.IsEmpty)
            to.Add((long)inner.ReadVarint());
    }

    /// <summary>Adds a repeated float, packed or not.</summary>
    public void Floats(List<float> to)
    {
        if (_wire != Bytes)
        {
            to.Add(Float());
            return;
        }
        var packed = TakeBytes();
        if (packed.Length % 4 != 0)
            throw Broken();
        for (; !packed.IsEmpty; packed = packed[4..])
            to.Add(BinaryPrimitives.ReadSingleLittleEndian(packed));
    }

    public void Skip()
    {
        _ = _wire switch
        {
            Varint => (int)(ReadVarint() & 1),
            Fixed64 => Take(8).Length,
            Bytes => TakeBytes().Length,
            Fixed32 => Take(4).Length,
            _ => throw Broken(),
        };
    }

    private static InvalidDataException Broken() => new("the ONNX file is damaged.");

    private ReadOnlySpan<byte> TakeBytes()
    {
        var length = ReadVarint();
        return length <= (ulong)_left.Length ? Take((int)length) : throw Broken();
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _left.Length)
            throw Broken();
        var taken = _left[..count];
        _left = _left[count..];
        return taken;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw Broken();
    }
}
