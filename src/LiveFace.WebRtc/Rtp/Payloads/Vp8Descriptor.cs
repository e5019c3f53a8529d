namespace LiveFace.WebRtc.Rtp.Payloads;

/// <summary>The VP8 payload descriptor (RFC 7741, section 4.2).</summary>
internal readonly record struct Vp8Descriptor
{
    public int Size { get; private init; }

    /// <summary>S with PID 0: the packet begins a frame.</summary>
    public bool BeginsFrame { get; private init; }

    /// <summary>The P bit of the payload header (section 4.3); only known at the beginning of a frame.</summary>
    public bool IsKeyFrame { get; private init; }

    /// <summary>N: no other frame stands on this one.</summary>
    public bool IsDiscardable { get; private init; }

    public int? PictureId { get; private init; }

    public byte? Tl0PictureIndex { get; private init; }

    public byte? TemporalLayer { get; private init; }

    public bool LayerSync { get; private init; }

    public static bool TryParse(ReadOnlySpan<byte> payload, out Vp8Descriptor descriptor)
    {
        descriptor = default;
        if (payload.IsEmpty)
            return false;
        var first = payload[0];
        var position = 1;
        int? pictureId = null;
        byte? tl0 = null;
        byte? tid = null;
        var sync = false;
        if ((first & 0x80) != 0)
        {
            if (payload.Length <= position)
                return false;
            var extension = payload[position++];
            if ((extension & 0x80) != 0 && !PictureNumber.TryRead(payload, ref position, out pictureId))
                return false;

            if ((extension & 0x40) != 0)
            {
                if (payload.Length <= position)
                    return false;
                tl0 = payload[position++];
            }

            if ((extension & 0x30) != 0)
            {
                if (payload.Length <= position)
                    return false;
                if ((extension & 0x20) != 0)
                {
                    tid = (byte)(payload[position] >> 6);
                    sync = (payload[position] & 0x20) != 0;
                }

                position++;
            }
        }

        if (payload.Length <= position)
            return false;
        var begins = (first & 0x10) != 0 && (first & 0x07) == 0;
        descriptor = new Vp8Descriptor
        {
            Size = position,
            BeginsFrame = begins,
            IsKeyFrame = begins && (payload[position] & 0x01) == 0,
            IsDiscardable = (first & 0x20) != 0,
            PictureId = pictureId,
            Tl0PictureIndex = tl0,
            TemporalLayer = tid,
            LayerSync = sync,
        };
        return true;
    }
}
