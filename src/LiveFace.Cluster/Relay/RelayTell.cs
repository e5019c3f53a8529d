using System.Buffers;
using System.Buffers.Binary;
using LiveFace.Media.Codecs;
using LiveFace.Rooms.Relay;

namespace LiveFace.Cluster.Relay;

/// <summary>
/// What a room's owner says: first its proof, then pictures and sound as they come, and a word each second without either. All
/// of a stream go through one of these at each end:
/// <code>
/// kind, codec, flags (1) | epoch (8) | timestamp (4) | capture time (8) | recovery delay, or number of the packet (8) | payload
/// </code>
/// </summary>
public sealed class RelayTell
{
    internal const int HeaderSize = 3 + 8 + 4 + 8 + 8;
    private const byte Marked = 1;
    private const byte HasCapture = 2;
    private const byte HasNumber = 4;

    private byte[] _bytes = [];
    private int _length;
    private RelayParcel? _parcel;

    internal enum Kinds : byte
    {
        Hello = 1,
        Alive = 2,
        Picture = 3,
        Sound = 4,
    }

    internal Kinds Kind { get; private set; }

    internal long Epoch { get; private set; }

    internal VideoCodec Codec { get; private set; }

    internal bool IsMarked { get; private set; }

    internal uint RtpTimestamp { get; private set; }

    internal TimeSpan? CaptureTime { get; private set; }

    internal TimeSpan RecoveryDelay { get; private set; }

    internal long? SequenceNumber { get; private set; }

    internal ReadOnlySpan<byte> Payload => _parcel is { } parcel ? parcel.Payload : _bytes.AsSpan(0, _length);

    /// <summary>The owner's nonce and proof.</summary>
    internal void SetHello(long epoch, ReadOnlySpan<byte> nonceAndProof)
    {
        (Kind, Epoch, _parcel) = (Kinds.Hello, epoch, null);
        Copy(nonceAndProof);
    }

    internal void SetAlive(long epoch) => (Kind, Epoch, _parcel, _length) = (Kinds.Alive, epoch, null, 0);

    /// <summary>What is on its way stays in the parcel's memory until it is written.</summary>
    internal void Set(RelayParcel parcel, long epoch)
    {
        (Kind, Epoch, _parcel) = (parcel.IsPicture ? Kinds.Picture : Kinds.Sound, epoch, parcel);
        (Codec, IsMarked, RtpTimestamp) = (parcel.Codec, parcel.IsMarked, parcel.RtpTimestamp);
        (CaptureTime, RecoveryDelay, SequenceNumber) = (parcel.CaptureTime, parcel.RecoveryDelay, parcel.SequenceNumber);
    }

    internal int Size => HeaderSize + Payload.Length;

    internal void Write(IBufferWriter<byte> writer)
    {
        var header = writer.GetSpan(HeaderSize);
        header[0] = (byte)Kind;
        header[1] = (byte)Codec;
        header[2] = (byte)((IsMarked ? Marked : 0) | (CaptureTime is null ? 0 : HasCapture) | (SequenceNumber is null ? 0 : HasNumber));
        BinaryPrimitives.WriteInt64LittleEndian(header[3..], Epoch);
        BinaryPrimitives.WriteUInt32LittleEndian(header[11..], RtpTimestamp);
        BinaryPrimitives.WriteInt64LittleEndian(header[15..], CaptureTime?.Ticks ?? 0);
        BinaryPrimitives.WriteInt64LittleEndian(header[23..], Kind == Kinds.Sound ? SequenceNumber ?? 0 : RecoveryDelay.Ticks);
        writer.Advance(HeaderSize);
        writer.Write(Payload);
    }

    /// <summary>Takes a message in; its payload is copied.</summary>
    /// <exception cref="RelayFormatException">It is none.</exception>
    internal void Read(in ReadOnlySequence<byte> message)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        if (message.Length < HeaderSize || message.Length > HeaderSize + RelayLimits.MostBytes)
            throw new RelayFormatException();
        message.Slice(0, HeaderSize).CopyTo(header);
        (Kind, Codec) = ((Kinds)header[0], (VideoCodec)header[1]);
        if (Kind is < Kinds.Hello or > Kinds.Sound || !Enum.IsDefined(Codec))
            throw new RelayFormatException();
        IsMarked = (header[2] & Marked) != 0;
        Epoch = BinaryPrimitives.ReadInt64LittleEndian(header[3..]);
        RtpTimestamp = BinaryPrimitives.ReadUInt32LittleEndian(header[11..]);
        CaptureTime = (header[2] & HasCapture) != 0 ? TimeSpan.FromTicks(BinaryPrimitives.ReadInt64LittleEndian(header[15..])) : null;
        var last = BinaryPrimitives.ReadInt64LittleEndian(header[23..]);
        RecoveryDelay = Kind == Kinds.Picture ? TimeSpan.FromTicks(last) : default;
        SequenceNumber = (header[2] & HasNumber) != 0 ? last : null;
        _parcel = null;
        var payload = message.Slice(HeaderSize);
        _length = (int)payload.Length;
        if (_bytes.Length < _length)
            _bytes = new byte[Math.Max(_length + _length / 4, 16 * 1024)];
        payload.CopyTo(_bytes);
    }

    private void Copy(ReadOnlySpan<byte> payload)
    {
        if (_bytes.Length < payload.Length)
            _bytes = new byte[payload.Length];
        payload.CopyTo(_bytes);
        _length = payload.Length;
    }
}
