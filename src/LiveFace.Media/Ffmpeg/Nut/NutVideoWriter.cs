using System.Buffers;
using System.Buffers.Binary;

namespace LiveFace.Media.Ffmpeg.Nut;

/// <summary>Writes a NUT stream with one track of raw I420 pictures, in microseconds.</summary>
internal sealed class NutVideoWriter(Stream stream)
{
    private const int MicrosecondsPerSecond = 1_000_000;
    private const int MsbTimeShift = 0;

    private readonly ArrayBufferWriter<byte> _packet = new();
    private readonly ArrayBufferWriter<byte> _head = new();
    private long _position;
    private long _lastSync;

    public async ValueTask WriteHeadersAsync(int width, int height, CancellationToken cancellationToken)
    {
        _head.ResetWrittenCount();
        _head.Write(NutCodes.FileId);
        WriteMainHeader();
        WriteStreamHeader(width, height);
        await FlushAsync(cancellationToken);
    }

    /// <summary>Writes what stands before a frame's pixels; then come exactly <paramref name="bytes"/> of them.</summary>
    public async ValueTask WriteFrameHeaderAsync(TimeSpan time, int bytes, CancellationToken cancellationToken)
    {
        var ticks = Math.Max(0, time.Ticks / TimeSpan.TicksPerMicrosecond);
        _head.ResetWrittenCount();
        WriteSyncPoint(ticks);

        var frame = _head.WrittenCount;
        // One code for all frames, and everything written out.
        Number(_head, 0);
        Number(_head, (long)(NutFlags.KeyFrame | NutFlags.CodedTime | NutFlags.SizeMsb | NutFlags.Checksum));
        Number(_head, ticks + (1L << MsbTimeShift));
        Number(_head, bytes);
        Checksum(_head, frame);
        await FlushAsync(cancellationToken);
        _position += bytes;
    }

    private void WriteMainHeader()
    {
        _packet.ResetWrittenCount();
        Number(_packet, NutCodes.Version);
        Number(_packet, 1);
        Number(_packet, 65536);
        Number(_packet, 1);
        Number(_packet, 1);
        Number(_packet, MicrosecondsPerSecond);
        // Six fields: no time delta, sizes written whole, stream 0, nothing reserved, for all codes.
        Number(_packet, (long)NutFlags.Coded);
        Number(_packet, 6);
        Signed(_packet, 0);
        Number(_packet, 1);
        Number(_packet, 0);
        Number(_packet, 0);
        Number(_packet, 0);
        Number(_packet, 255);
        // No beginnings are left out.
        Number(_packet, 0);
        WritePacket(NutCodes.MainHeader);
    }

    private void WriteStreamHeader(int width, int height)
    {
        _packet.ResetWrittenCount();
        Number(_packet, 0);
        Number(_packet, 0);
        Bytes("I420"u8);
        Number(_packet, 0);
        Number(_packet, MsbTimeShift);
        Number(_packet, MicrosecondsPerSecond);
        Number(_packet, 0);
        Number(_packet, 0);
        Bytes(default);
        Number(_packet, width);
        Number(_packet, height);
        Number(_packet, 1);
        Number(_packet, 1);
        Number(_packet, 0);
        WritePacket(NutCodes.StreamHeader);
    }

    private void WriteSyncPoint(long ticks)
    {
        var at = _position;
        _packet.ResetWrittenCount();
        Number(_packet, ticks);
        Number(_packet, _lastSync == 0 ? 0 : (at - _lastSync) / 16);
        WritePacket(NutCodes.SyncPoint);
        _lastSync = at;
    }

    private void WritePacket(ulong startCode)
    {
        var header = _head.WrittenCount;
        BinaryPrimitives.WriteUInt64BigEndian(_head.GetSpan(8), startCode);
        _head.Advance(8);
        Number(_head, _packet.WrittenCount + 4);
        if (_packet.WrittenCount + 4 > NutCodes.LongPacket)
            Checksum(_head, header);
        var body = _head.WrittenCount;
        _head.Write(_packet.WrittenSpan);
        Checksum(_head, body);
    }

    private void Bytes(ReadOnlySpan<byte> value)
    {
        Number(_packet, value.Length);
        _packet.Write(value);
    }

    private static void Checksum(ArrayBufferWriter<byte> to, int from)
    {
        var sum = NutChecksum.Of(to.WrittenSpan[from..]);
        BinaryPrimitives.WriteUInt32BigEndian(to.GetSpan(4), sum);
        to.Advance(4);
    }

    private static void Number(ArrayBufferWriter<byte> to, long value)
    {
        var groups = 1;
        for (var rest = value >> 7; rest != 0; rest >>= 7)
            groups++;
        var span = to.GetSpan(groups);
        for (var i = 0; i < groups; i++)
            span[i] = (byte)((int)(value >> (7 * (groups - 1 - i)) & 0x7F) + (i < groups - 1 ? 0x80 : 0));
        to.Advance(groups);
    }

    private static void Signed(ArrayBufferWriter<byte> to, long value) =>
        Number(to, value > 0 ? 2 * value - 1 : -2 * value);

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_head.WrittenMemory, cancellationToken);
        _position += _head.WrittenCount;
    }
}
