using System.Buffers.Binary;

namespace LiveFace.WebRtc.Rtp;

/// <summary>What the header extensions of one packet say, for the ids that were agreed.</summary>
internal ref struct HeaderExtensionValues
{
    public ReadOnlySpan<byte> Mid { get; private set; }

    public ushort? TransportSequence { get; private set; }

    /// <summary>Seconds modulo 64 as 6.18 fixed point.</summary>
    public uint? AbsoluteSendTime { get; private set; }

    public VideoRotation? Rotation { get; private set; }

    public static HeaderExtensionValues Read(scoped in RtpPacket packet, scoped in HeaderExtensionIds ids)
    {
        var values = default(HeaderExtensionValues);
        if (packet.Extensions.IsEmpty)
            return values;
        var reader = new HeaderExtensionReader(packet.ExtensionProfile, packet.Extensions);
        while (reader.TryRead(out var id, out var value))
        {
            if (id == ids.TransportSequence && value.Length >= 2)
                values.TransportSequence = BinaryPrimitives.ReadUInt16BigEndian(value);
            else if (id == ids.AbsoluteSendTime && value.Length == 3)
                values.AbsoluteSendTime = (uint)(value[0] << 16 | value[1] << 8 | value[2]);
            else if (id == ids.VideoOrientation && value.Length == 1)
                values.Rotation = (VideoRotation)(value[0] & 3);
            else if (id == ids.Mid)
                values.Mid = value;
        }

        return values;
    }
}
