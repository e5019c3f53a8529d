using Microsoft.Win32.SafeHandles;

namespace LiveFace.Media.Images.Jpeg;

/// <summary>One compressor or decompressor.</summary>
internal sealed class TurboJpegHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    private TurboJpegHandle(nint handle)
        : base(ownsHandle: true) => SetHandle(handle);

    public static TurboJpegHandle ForReading() => new(TurboJpeg.InitDecompress());

    public static TurboJpegHandle ForWriting() => new(TurboJpeg.InitCompress());

    protected override bool ReleaseHandle() => TurboJpeg.Destroy(handle) == 0;
}
