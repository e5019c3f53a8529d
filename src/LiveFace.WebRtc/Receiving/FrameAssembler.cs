using System.Buffers.Binary;
using LiveFace.WebRtc.Rtp;
using LiveFace.WebRtc.Rtp.Payloads;

namespace LiveFace.WebRtc.Receiving;

/// <summary>
/// Joins payloads, which come in order and without gaps, into one frame. Each payload is copied once, straight to its
/// place in the frame.
/// </summary>
internal sealed class FrameAssembler
{
    private const int FirstSize = 16 * 1024;

    private byte[] _frame = new byte[FirstSize];
    private int _length;
    private bool _inFragment;

    /// <summary>A frame has begun and has not been taken.</summary>
    public bool IsOpen { get; private set; }

    public uint Timestamp { get; private set; }

    public RtcCodec Codec { get; private set; }

    public VideoRotation Rotation { get; private set; }

    public bool IsKeyFrame { get; private set; }

    public ReadOnlySpan<byte> Frame => _frame.AsSpan(0, _length);

    /// <summary>The frame can be handed over.</summary>
    public bool IsWhole => IsOpen && _length > 0 && !_inFragment;

    public void Reset()
    {
        IsOpen = false;
        _length = 0;
        _inFragment = false;
        IsKeyFrame = false;
        Rotation = VideoRotation.None;
    }

    /// <summary>Adds the next payload; false if the frame cannot be whole any more.</summary>
    public bool TryAppend(in PacketTraits traits, ReadOnlySpan<byte> payload)
    {
        if (!IsOpen)
        {
            if (!traits.MayBeginFrame)
                return false;
            IsOpen = true;
            Timestamp = traits.Timestamp;
            Codec = traits.Codec;
        }
        else if (traits.Codec != Codec)
        {
            return false;
        }

        IsKeyFrame |= traits.IsOfKeyFrame;
        if (traits.Rotation != VideoRotation.None)
            Rotation = traits.Rotation;
        return Codec == RtcCodec.H264 ? TryAppendH264(payload) : TryAppendBytes(payload[traits.DescriptorSize..]);
    }

    private bool TryAppendH264(ReadOnlySpan<byte> payload)
    {
        switch (payload[0] & H264Nal.TypeMask)
        {
            case H264Nal.FuA:
                return TryAppendFragment(payload);
            case H264Nal.StapA when !_inFragment:
                for (payload = payload[1..]; payload.Length >= 2;)
                {
                    var size = BinaryPrimitives.ReadUInt16BigEndian(payload);
                    if (payload.Length < 2 + size || !TryAppendNal(payload.Slice(2, size)))
                        return false;
                    payload = payload[(2 + size)..];
                }

                return true;
            default:
                return !_inFragment && TryAppendNal(payload);
        }
    }

    // RFC 6184, section 5.8: the fragments of one NAL unit follow each other without anything between.
    private bool TryAppendFragment(ReadOnlySpan<byte> payload)
    {
        var starts = (payload[1] & H264Nal.FuStart) != 0;
        if (starts == _inFragment)
            return false;
        if (starts)
        {
            var header = (byte)(payload[0] & 0xE0 | payload[1] & H264Nal.TypeMask);
            if (!TryAppendNal([header]))
                return false;
        }

        _inFragment = (payload[1] & H264Nal.FuEnd) == 0;
        return TryAppendBytes(payload[2..]);
    }

    private bool TryAppendNal(ReadOnlySpan<byte> nal) => TryAppendBytes([0, 0, 0, 1]) && TryAppendBytes(nal);

    private bool TryAppendBytes(ReadOnlySpan<byte> data)
    {
        var length = _length + data.Length;
        if (length > _frame.Length)
        {
            if (length > FrameLimits.MaxFrameSize)
                return false;
            Array.Resize(ref _frame, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length));
        }

        data.CopyTo(_frame.AsSpan(_length));
        _length = length;
        return true;
    }
}
