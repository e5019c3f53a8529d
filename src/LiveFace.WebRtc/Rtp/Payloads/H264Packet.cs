using System.Buffers.Binary;

namespace LiveFace.WebRtc.Rtp.Payloads;

/// <summary>What one H.264 RTP payload carries (RFC 6184, section 5.2), found out without unpacking it.</summary>
internal readonly record struct H264Packet(bool IsValid, bool BeginsKeyFrame, bool HasIdr, bool HasSps)
{
    public static H264Packet Inspect(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
            return default;
        var type = payload[0] & H264Nal.TypeMask;
        switch (type)
        {
            case > 0 and <= H264Nal.LastSingle:
                return Of(type);
            case H264Nal.StapA:
                return InspectAggregate(payload[1..]);
            case H264Nal.FuA when payload.Length > 2:
                var inner = payload[1] & H264Nal.TypeMask;
                if (inner is 0 or > H264Nal.LastSingle)
                    return default;
                var starts = (payload[1] & H264Nal.FuStart) != 0;
                return Of(inner) with { BeginsKeyFrame = starts && H264Nal.BeginsKeyFrame(inner) };
            default: // STAP-B, MTAP and FU-B belong to the interleaved mode, which is not negotiated.
                return default;
        }
    }

    private static H264Packet Of(int type) =>
        new(true, H264Nal.BeginsKeyFrame(type), type == H264Nal.Idr, type == H264Nal.Sps);

    private static H264Packet InspectAggregate(ReadOnlySpan<byte> rest)
    {
        var any = default(H264Packet);
        while (rest.Length >= 2)
        {
            var size = BinaryPrimitives.ReadUInt16BigEndian(rest);
            if (size == 0 || rest.Length < 2 + size)
                return default;
            var one = Of(rest[2] & H264Nal.TypeMask);
            any = new H264Packet(
                true, any.BeginsKeyFrame | one.BeginsKeyFrame, any.HasIdr | one.HasIdr, any.HasSps | one.HasSps);
            rest = rest[(2 + size)..];
        }

        return rest.IsEmpty ? any : default;
    }
}
