namespace LiveFace.WebRtc.Receiving;

/// <summary>
/// Whether decoding can go on behind a gap without a key frame, because what is missing belongs to temporal layers that
/// nothing else stands on: TL0PICIDX counts the base layer's frames, which stand on each other alone, and sync and
/// switching points say where a higher layer begins anew (RFC 7741, section 4.2; RFC 9628, section 4.2).
/// </summary>
internal struct TemporalLayers
{
    private const uint All = uint.MaxValue;

    // TL0PICIDX of the last base frame that was whole.
    private byte? _base;

    // One bit for each layer of which nothing is missing that its next frame may stand on.
    private uint _intact = All;

    public TemporalLayers()
    {
    }

    /// <summary>Frames are missing before what follows.</summary>
    public void OnGap() => _intact = 1;

    /// <summary>A frame is let go: what follows in its layer and above may stand on it.</summary>
    public void OnPassedOver(byte layer) => _intact &= UpTo(layer) >> 1;

    /// <summary>A frame was whole; <paramref name="first"/> is its first packet.</summary>
    public void OnFrame(in PacketTraits first)
    {
        if (first.BeginsKeyFrame)
            _intact = All;
        if (first.BeginsKeyFrame || first.TemporalLayer is 0)
            _base = first.BaseIndex;
        if (first.TemporalLayer is not { } layer)
            return;
        if (first.IsLayerSync)
            _intact |= 1u << layer;
        if (first.IsSwitchingPoint)
            _intact |= ~UpTo(layer);
    }

    /// <summary>Whether everything that the frame stands on was whole.</summary>
    public readonly bool CanDecode(in PacketTraits first) => _intact == All || CanFollowGap(first, _intact);

    /// <summary>Whether decoding can go on with this packet, whatever is missing right before it.</summary>
    public readonly bool CanFollowGap(in PacketTraits first) => CanFollowGap(first, 1);

    private readonly bool CanFollowGap(in PacketTraits first, uint intact)
    {
        if (first.BeginsKeyFrame)
            return true;
        if (!first.MayBeginFrame || first.TemporalLayer is not { } layer || first.BaseIndex is not { } index)
            return false;
        if (layer == 0)
            return index == (byte?)(_base + 1);
        return index == _base && (first.IsLayerSync || (intact & UpTo(layer)) == UpTo(layer));
    }

    private static uint UpTo(byte layer) => (2u << layer) - 1;
}
