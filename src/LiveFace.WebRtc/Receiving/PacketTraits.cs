using LiveFace.WebRtc.Rtp.Payloads;

namespace LiveFace.WebRtc.Receiving;

/// <summary>What the assembler must know of a video packet, read from its header and payload descriptor.</summary>
internal readonly record struct PacketTraits
{
    public required RtcCodec Codec { get; init; }

    public required uint Timestamp { get; init; }

    /// <summary>The last packet of its picture.</summary>
    public required bool Marker { get; init; }

    public VideoRotation Rotation { get; init; }

    /// <summary>How long the payload descriptor is.</summary>
    public int DescriptorSize { get; init; }

    /// <summary>A frame may begin here; H.264 does not say, so there every packet may.</summary>
    public bool MayBeginFrame { get; init; }

    /// <summary>Decoding can begin at this packet.</summary>
    public bool BeginsKeyFrame { get; init; }

    /// <summary>
    /// Decoding can begin at this packet if it is the first of its frame, which H.264 does not say: parameter sets may
    /// belong before an IDR slice.
    /// </summary>
    public bool MayBeginKeyFrame { get; init; }

    /// <summary>The frame of this packet is a key frame.</summary>
    public bool IsOfKeyFrame { get; init; }

    /// <summary>The temporal layer of the picture; null where the stream has none, and inside a picture.</summary>
    public byte? TemporalLayer { get; init; }

    /// <summary>TL0PICIDX: the number of the base layer's frame that this is or stands on.</summary>
    public byte? BaseIndex { get; init; }

    /// <summary>Y of VP8: the frame stands on that base frame alone, and later ones of its layer on nothing older.</summary>
    public bool IsLayerSync { get; init; }

    /// <summary>U of VP9: later pictures of higher layers stand on nothing older of those.</summary>
    public bool IsSwitchingPoint { get; init; }

    /// <summary>The payload is not of its codec: the frame around it is lost.</summary>
    public bool IsMalformed { get; init; }

    public static bool TryRead(
        RtcCodec codec, uint timestamp, bool marker, VideoRotation rotation, ReadOnlySpan<byte> payload,
        out PacketTraits traits)
    {
        traits = new PacketTraits { Codec = codec, Timestamp = timestamp, Marker = marker, Rotation = rotation };
        switch (codec)
        {
            case RtcCodec.Vp8 when Vp8Descriptor.TryParse(payload, out var vp8):
                traits = traits with
                {
                    DescriptorSize = vp8.Size,
                    MayBeginFrame = vp8.BeginsFrame,
                    BeginsKeyFrame = vp8.IsKeyFrame,
                    IsOfKeyFrame = vp8.IsKeyFrame,
                    TemporalLayer = vp8.TemporalLayer,
                    BaseIndex = vp8.Tl0PictureIndex,
                    IsLayerSync = vp8.LayerSync,
                };
                return true;
            case RtcCodec.Vp9 when Vp9Descriptor.TryParse(payload, out var vp9):
                traits = traits with
                {
                    DescriptorSize = vp9.Size,
                    MayBeginFrame = vp9.BeginsLayerFrame,
                    BeginsKeyFrame = vp9.BeginsKeyFrame,
                    IsOfKeyFrame = vp9.BeginsKeyFrame,
                    TemporalLayer = vp9.SpatialLayer == 0 ? vp9.TemporalLayer : null,
                    BaseIndex = vp9.Tl0PictureIndex,
                    IsSwitchingPoint = vp9.IsSwitchingPoint,
                };
                return true;
            case RtcCodec.H264 when H264Packet.Inspect(payload) is { IsValid: true } h264:
                traits = traits with
                {
                    MayBeginFrame = true,
                    BeginsKeyFrame = h264.HasSps,
                    MayBeginKeyFrame = h264.BeginsKeyFrame,
                    IsOfKeyFrame = h264.HasIdr || h264.HasSps,
                };
                return true;
            default:
                traits = traits with { IsMalformed = true };
                return false;
        }
    }
}
