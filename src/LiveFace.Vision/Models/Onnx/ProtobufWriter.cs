using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace LiveFace.Vision.Models.Onnx;

/// <summary>Writes the fields of one protobuf message.</summary>
internal sealed class ProtobufWriter
{
    private const int Varint = 0, Bytes = 2, Fixed32 = 5;
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public void Integer(int field, long value)
    {
        Key(field, Varint);
        WriteVarint((ulong)value);
    }

    public void Float(int field, float value)
    {
        Key(field, Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
    }

    public void Text(int field, string value) => Raw(field, Encoding.UTF8.GetBytes(value));

    public void Raw(int field, ReadOnlySpan<byte> value)
    {
        Key(field, Bytes);
        WriteVarint((ulong)value.Length);
        _buffer.Write(value);
    }

    public void Message(int field, Action<ProtobufWriter> write)
    {
        var inner = new ProtobufWriter();
        write(inner);
        Raw(field, inner.Written);
    }

    private void Key(int field, int wire) => WriteVarint((ulong)((field << 3) | wire));

    private void WriteVarint(ulong value)
    {
        var span = _buffer.GetSpan(10);
        var count = 0;
        for (; value >= 0x80; value >>= 7)
            span[count++] = (byte)(value | 0x80);
        span[count++] = (byte)value;
        _buffer.Advance(count);
    }
}
