using System.Runtime.InteropServices;

namespace LiveFace.Media.Codecs.OpenH264;

/// <summary>
/// SFrameBSInfo: what an encoded frame is made of. The layers' description has grown with 2.6, so fields behind it are
/// found by the version.
/// </summary>
internal sealed unsafe class H264EncodedLayers : SafeHandle
{
    private const int MaximumLayers = 128;
    private const int LayersOffset = 8;
    private const int FrameTypeKey = 1;
    private const int FrameTypeSkipped = 4;

    // Inside a layer's description.
    private const int NalCountOffset = 16;
    private const int NalLengthsOffset = 24;
    private const int DataOffset = 32;

    private readonly int _layerBytes = OpenH264Library.HasQualityNumbers ? 56 : 40;

    public H264EncodedLayers()
        : base(0, ownsHandle: true) =>
        SetHandle((nint)NativeMemory.AllocZeroed((nuint)(LayersOffset + MaximumLayers * _layerBytes + 64)));

    public override bool IsInvalid => handle == 0;

    public byte* Pointer => (byte*)handle;

    public bool IsKeyFrame => FrameType == FrameTypeKey;

    public bool IsSkipped => FrameType == FrameTypeSkipped;

    public int Layers => Math.Clamp(*(int*)Pointer, 0, MaximumLayers);

    private int FrameType => *(int*)(Pointer + LayersOffset + MaximumLayers * _layerBytes);

    /// <summary>The bytes of one layer: its NAL units, each with its start code, lie one after the other.</summary>
    public ReadOnlySpan<byte> Layer(int index)
    {
        var layer = Pointer + LayersOffset + index * _layerBytes;
        var lengths = *(int**)(layer + NalLengthsOffset);
        var total = 0;
        for (var nal = 0; nal < *(int*)(layer + NalCountOffset); nal++)
            total = checked(total + lengths[nal]);
        return new ReadOnlySpan<byte>(*(byte**)(layer + DataOffset), total);
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free(Pointer);
        return true;
    }
}
