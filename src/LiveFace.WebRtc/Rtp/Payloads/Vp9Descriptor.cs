namespace LiveFace.WebRtc.Rtp.Payloads;

/// <summary>The VP9 payload descriptor (RFC 9628, section 4.2).</summary>
internal readonly record struct Vp9Descriptor
{
    private const int MaxReferences = 3;

    public int Size { get; private init; }

    /// <summary>B: the packet begins a layer frame.</summary>
    public bool BeginsLayerFrame { get; private init; }

    /// <summary>E: the packet ends a layer frame.</summary>
    public bool EndsLayerFrame { get; private init; }

    /// <summary>P: the picture is predicted from earlier ones.</summary>
    public bool IsInterPredicted { get; private init; }

    public bool IsFlexible { get; private init; }

    public int? PictureId { get; private init; }

    public byte TemporalLayer { get; private init; }

    /// <summary>U: later pictures of higher temporal layers stand on nothing of those layers before this one.</summary>
    public bool IsSwitchingPoint { get; private init; }

    public byte SpatialLayer { get; private init; }

    public byte? Tl0PictureIndex { get; private init; }

    /// <summary>The packet begins the lowest layer of a picture that stands on no other.</summary>
    public bool BeginsKeyFrame => BeginsLayerFrame && !IsInterPredicted && SpatialLayer == 0;

    public static bool TryParse(ReadOnlySpan<byte> payload, out Vp9Descriptor descriptor)
    {
        descriptor = default;
        if (payload.IsEmpty)
            return false;
        var first = payload[0];
        var position = 1;
        var inter = (first & 0x40) != 0;
        var flexible = (first & 0x10) != 0;
        int? pictureId = null;
        byte temporal = 0;
        byte spatial = 0;
        var switching = false;
        byte? tl0 = null;

        if ((first & 0x80) != 0 && !PictureNumber.TryRead(payload, ref position, out pictureId))
            return false;

        if ((first & 0x20) != 0)
        {
            if (payload.Length <= position)
                return false;
            temporal = (byte)(payload[position] >> 5);
            switching = (payload[position] & 0x10) != 0;
            spatial = (byte)(payload[position++] >> 1 & 0x07);
            if (!flexible)
            {
                if (payload.Length <= position)
                    return false;
                tl0 = payload[position++];
            }
        }

        if (flexible && inter && !TrySkipReferences(payload, ref position))
            return false;

        if ((first & 0x02) != 0 && !TrySkipScalabilityStructure(payload, ref position))
            return false;
        if (payload.Length <= position)
            return false;
        descriptor = new Vp9Descriptor
        {
            Size = position,
            BeginsLayerFrame = (first & 0x08) != 0,
            EndsLayerFrame = (first & 0x04) != 0,
            IsInterPredicted = inter,
            IsFlexible = flexible,
            PictureId = pictureId,
            TemporalLayer = temporal,
            IsSwitchingPoint = switching,
            SpatialLayer = spatial,
            Tl0PictureIndex = tl0,
        };
        return true;
    }

    // P_DIFF and N: up to three references, each saying whether another follows.
    private static bool TrySkipReferences(ReadOnlySpan<byte> payload, ref int position)
    {
        for (var i = 0; i < MaxReferences && position < payload.Length; i++)
        {
            if ((payload[position++] & 0x01) == 0)
                return true;
        }

        return false;
    }

    // Section 4.2.1: N_S, Y, G, then a size for each layer and the picture group.
    private static bool TrySkipScalabilityStructure(ReadOnlySpan<byte> payload, ref int position)
    {
        if (payload.Length <= position)
            return false;
        var head = payload[position++];
        if ((head & 0x10) != 0)
            position += ((head >> 5) + 1) * 4;
        if ((head & 0x08) == 0)
            return true;
        if (payload.Length <= position)
            return false;
        var pictures = payload[position++];
        for (var i = 0; i < pictures; i++)
        {
            if (payload.Length <= position)
                return false;
            position += 1 + (payload[position] >> 2 & 0x03);
        }

        return true;
    }
}
