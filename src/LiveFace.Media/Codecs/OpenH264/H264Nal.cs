namespace LiveFace.Media.Codecs.OpenH264;

/// <summary>Walks over the NAL units of a byte stream (H.264, Annex B).</summary>
internal ref struct H264Nal(ReadOnlySpan<byte> stream)
{
    public const int Slice = 1;
    public const int KeySlice = 5;
    public const int SequenceParameterSet = 7;

    /// <summary>The set and the slices of higher spatial layers and of other views (annexes G, H and I).</summary>
    public const int SubsetParameterSet = 15;
    public const int ExtensionSlice = 20;
    public const int DepthSlice = 21;

    private ReadOnlySpan<byte> _rest = stream;

    private static ReadOnlySpan<byte> StartCode => [0, 0, 1];

    /// <summary>The unit found last, from its header byte on.</summary>
    public ReadOnlySpan<byte> Unit { get; private set; }

    /// <summary>nal_unit_type of that unit.</summary>
    public readonly int Type => Unit[0] & 0x1F;

    public bool Next()
    {
        var start = _rest.IndexOf(StartCode);
        while (start >= 0)
        {
            var unit = _rest[(start + 3)..];
            var end = unit.IndexOf(StartCode);
            _rest = end < 0 ? default : unit[end..];
            Unit = end < 0 ? unit : unit[..end];
            if (!Unit.IsEmpty)
                return true;
            start = _rest.IndexOf(StartCode);
        }

        return false;
    }
}
