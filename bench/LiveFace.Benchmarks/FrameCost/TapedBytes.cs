namespace LiveFace.Benchmarks.FrameCost;

/// <summary>A copy of some bytes, in memory that is used again.</summary>
internal sealed class TapedBytes
{
    private byte[] _memory = new byte[64 * 1024];
    private int _length;

    public ReadOnlySpan<byte> Bytes => _memory.AsSpan(0, _length);

    public void Set(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _memory.Length)
            _memory = new byte[bytes.Length];
        bytes.CopyTo(_memory);
        _length = bytes.Length;
    }
}
