using System.Buffers.Binary;

namespace LiveFace.Media.Ffmpeg.Nut;

/// <summary>Reads a NUT stream with one track of raw video as it comes through a pipe.</summary>
internal sealed class NutVideoReader(Stream stream)
{
    private const int MaximumPacketBytes = 1 << 20;

    private readonly byte[] _buffer = new byte[64 << 10];
    private byte[] _packet = new byte[4096];
    private int _start;
    private int _end;
    private NutMainHeader? _main;
    private NutVideoHeader? _video;
    private long _lastTime;

    public int Width => _video?.Width ?? 0;

    public int Height => _video?.Height ?? 0;

    /// <summary>Reads as far as the size; false when the stream ends before.</summary>
    public async ValueTask<bool> OpenAsync(CancellationToken cancellationToken)
    {
        var id = new byte[NutCodes.FileId.Length];
        if (!await TryReadAsync(id, cancellationToken))
            return false;
        if (!id.AsSpan().SequenceEqual(NutCodes.FileId))
            throw new InvalidDataException("This is no NUT stream.");
        while (_video is null)
        {
            if (await PeekAsync(cancellationToken) != NutCodes.StartCodeByte)
                return false;
            await ReadPacketAsync(cancellationToken);
        }

        return true;
    }

    /// <summary>Reads the header of the next frame: its time and how many bytes of pixels follow. Null at the end.</summary>
    public async ValueTask<(TimeSpan Time, int Bytes)?> NextFrameAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = await PeekAsync(cancellationToken);
            if (next < 0)
                return null;
            if (next != NutCodes.StartCodeByte)
                return await ReadFrameHeaderAsync(cancellationToken);
            await ReadPacketAsync(cancellationToken);
        }
    }

    /// <summary>Reads pixels.</summary>
    public async ValueTask ReadExactlyAsync(Memory<byte> to, CancellationToken cancellationToken)
    {
        if (!await TryReadAsync(to, cancellationToken))
            throw new EndOfStreamException("The stream of pictures ends inside one.");
    }

    private async ValueTask<(TimeSpan, int)?> ReadFrameHeaderAsync(CancellationToken cancellationToken)
    {
        var code = _main!.Codes[await ByteAsync(cancellationToken)];
        var flags = code.Flags;
        if (flags.HasFlag(NutFlags.Coded))
            flags ^= (NutFlags)await NumberAsync(cancellationToken);
        if (flags.HasFlag(NutFlags.Invalid) || flags.HasFlag(NutFlags.SideData))
            throw new InvalidDataException("A NUT frame is of a kind that is not expected.");

        var streamId = flags.HasFlag(NutFlags.StreamId) ? await NumberAsync(cancellationToken) : code.Stream;
        if (streamId != 0)
            throw new InvalidDataException("A NUT frame belongs to no known stream.");
        var time = flags.HasFlag(NutFlags.CodedTime) ? FullTime(await NumberAsync(cancellationToken)) : _lastTime + code.TimeDelta;
        long size = code.SizeRest;
        if (flags.HasFlag(NutFlags.SizeMsb))
            size += code.SizeFactor * await NumberAsync(cancellationToken);
        if (flags.HasFlag(NutFlags.MatchTime))
            await NumberAsync(cancellationToken);
        var header = flags.HasFlag(NutFlags.HeaderIndex) ? await NumberAsync(cancellationToken) : code.Header;
        var reserved = flags.HasFlag(NutFlags.Reserved) ? await NumberAsync(cancellationToken) : code.Reserved;
        for (long i = 0; i < Math.Min(reserved, 256); i++)
            await NumberAsync(cancellationToken);
        if (flags.HasFlag(NutFlags.Checksum))
            await ReadExactlyAsync(_packet.AsMemory(0, 4), cancellationToken);

        _lastTime = time;
        if (size is < 0 or > int.MaxValue || (size <= NutCodes.LongPacket && header != 0))
            throw new InvalidDataException($"A NUT frame of {size} bytes is not expected.");
        return (_main.TimeBases[_video!.TimeBase].ToTime(time), (int)size);
    }

    /// <summary>Small numbers are the lowest bits of the time, near the last one.</summary>
    private long FullTime(long coded)
    {
        var limit = 1L << _video!.MsbTimeShift;
        if (coded >= limit)
            return coded - limit;
        var mask = limit - 1;
        var lowest = _lastTime - mask / 2;
        return ((coded - lowest) & mask) + lowest;
    }

    private async ValueTask ReadPacketAsync(CancellationToken cancellationToken)
    {
        await ReadExactlyAsync(_packet.AsMemory(0, 8), cancellationToken);
        var startCode = BinaryPrimitives.ReadUInt64BigEndian(_packet);
        var length = await NumberAsync(cancellationToken);
        if (length is < 4 or > MaximumPacketBytes)
            throw new InvalidDataException($"A NUT packet of {length} bytes is not expected.");
        if (length > NutCodes.LongPacket)
            await ReadExactlyAsync(_packet.AsMemory(0, 4), cancellationToken);
        if (_packet.Length < length)
            _packet = new byte[length];
        await ReadExactlyAsync(_packet.AsMemory(0, (int)length), cancellationToken);
        if (NutChecksum.Of(_packet.AsSpan(0, (int)length)) != 0)
            throw new InvalidDataException("A NUT packet's checksum is wrong.");
        Take(startCode, _packet.AsSpan(0, (int)length - 4));
    }

    private void Take(ulong startCode, ReadOnlySpan<byte> packet)
    {
        switch (startCode)
        {
            // Headers are repeated in long streams; the first ones hold.
            case NutCodes.MainHeader when _main is null:
                _main = NutMainHeader.Parse(packet);
                break;
            case NutCodes.StreamHeader when _main is not null && _video is null:
                _video = NutVideoHeader.Parse(packet);
                if (_video.TimeBase >= _main.TimeBases.Length)
                    throw new InvalidDataException("A NUT stream has no time base.");
                break;
            case NutCodes.SyncPoint when _main is not null && _video is not null:
                var field = new NutField(packet);
                var time = field.Number();
                var from = _main.TimeBases[(int)(time % _main.TimeBases.Length)];
                _lastTime = _main.TimeBases[_video.TimeBase].From(time / _main.TimeBases.Length, from);
                break;
        }
    }

    private async ValueTask<long> NumberAsync(CancellationToken cancellationToken)
    {
        long value = 0;
        for (var i = 0; i < 9; i++)
        {
            var part = await ByteAsync(cancellationToken);
            value = value << 7 | (long)(part & 0x7F);
            if ((part & 0x80) == 0)
                return value;
        }

        throw new InvalidDataException("A number in a NUT stream is too long.");
    }

    private async ValueTask<byte> ByteAsync(CancellationToken cancellationToken)
    {
        if (_start == _end && !await FillAsync(cancellationToken))
            throw new EndOfStreamException("The stream of pictures ends inside one.");
        return _buffer[_start++];
    }

    private async ValueTask<int> PeekAsync(CancellationToken cancellationToken) =>
        _start < _end || await FillAsync(cancellationToken) ? _buffer[_start] : -1;

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _start = 0;
        _end = await stream.ReadAsync(_buffer, cancellationToken);
        return _end > 0;
    }

    private async ValueTask<bool> TryReadAsync(Memory<byte> to, CancellationToken cancellationToken)
    {
        var buffered = Math.Min(to.Length, _end - _start);
        _buffer.AsMemory(_start, buffered).CopyTo(to);
        _start += buffered;
        to = to[buffered..];
        return to.IsEmpty || await stream.ReadAtLeastAsync(to, to.Length, throwOnEndOfStream: false, cancellationToken) == to.Length;
    }
}
