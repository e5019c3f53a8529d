using System.Runtime.InteropServices;
using LiveFace.Media.Frames;

namespace LiveFace.Benchmarks.FrameCost;

/// <summary>libvpx's VP8 decoder and nothing round it. What it decoded stays in its own memory.</summary>
internal sealed unsafe class BareDecoder : IDisposable
{
    // More than vpx_codec_ctx_t takes in any version.
    private const int ContextBytes = 256;
    private const int AbiMismatch = 3;

    private static readonly string[] Names = ["libvpx.so.7", "libvpx.so.9", "libvpx.so.11", "libvpx.so.12", "libvpx.so"];
    private static readonly nint Library = Load();
    private static readonly delegate* unmanaged<void*, byte*, uint, void*, nint, int> DecodeFrame =
        (delegate* unmanaged<void*, byte*, uint, void*, nint, int>)NativeLibrary.GetExport(Library, "vpx_codec_decode");

    private static readonly delegate* unmanaged<void*, void**, Image*> NextFrame =
        (delegate* unmanaged<void*, void**, Image*>)NativeLibrary.GetExport(Library, "vpx_codec_get_frame");

    private readonly void* _context = NativeMemory.AllocZeroed(ContextBytes);

    public BareDecoder()
    {
        var codec = ((delegate* unmanaged<nint>)NativeLibrary.GetExport(Library, "vpx_codec_vp8_dx"))();
        var open = (delegate* unmanaged<void*, nint, void*, nint, int, int>)NativeLibrary.GetExport(Library, "vpx_codec_dec_init_ver");
        var settings = stackalloc uint[3] { 1, 0, 0 };
        var result = AbiMismatch;
        for (var version = 9; version <= 40 && result == AbiMismatch; version++)
            result = open(_context, codec, settings, 0, version);
        if (result != 0)
            throw new InvalidOperationException($"libvpx opens no VP8 decoder: error {result}.");
    }

    /// <summary>Decodes one frame; null where it shows none.</summary>
    public Image* Decode(ReadOnlySpan<byte> encoded)
    {
        fixed (byte* data = encoded)
        {
            if (DecodeFrame(_context, data, (uint)encoded.Length, null, 0) != 0)
                throw new InvalidOperationException("libvpx did not decode a frame that the room decoded.");
        }

        void* iterator = null;
        return NextFrame(_context, &iterator);
    }

    public static void Copy(Image* image, VideoFrame to)
    {
        FrameCopy.CopyPlane(image->Y, image->StrideY, to.Y, to.StrideY, to.Width, to.Height);
        FrameCopy.CopyPlane(image->U, image->StrideU, to.U, to.StrideUV, to.ChromaWidth, to.ChromaHeight);
        FrameCopy.CopyPlane(image->V, image->StrideV, to.V, to.StrideUV, to.ChromaWidth, to.ChromaHeight);
    }

    public void Dispose()
    {
        _ = ((delegate* unmanaged<void*, int>)NativeLibrary.GetExport(Library, "vpx_codec_destroy"))(_context);
        NativeMemory.Free(_context);
    }

    private static nint Load()
    {
        foreach (var name in Names)
            if (NativeLibrary.TryLoad(name, out var library))
                return library;
        throw new DllNotFoundException("libvpx is missing: apt-get install libvpx7");
    }

    /// <summary>The beginning of vpx_image_t.</summary>
    [StructLayout(LayoutKind.Explicit)]
    public struct Image
    {
        [FieldOffset(24)]
        public uint Width;

        [FieldOffset(28)]
        public uint Height;

        [FieldOffset(48)]
        public byte* Y;

        [FieldOffset(56)]
        public byte* U;

        [FieldOffset(64)]
        public byte* V;

        [FieldOffset(80)]
        public int StrideY;

        [FieldOffset(84)]
        public int StrideU;

        [FieldOffset(88)]
        public int StrideV;
    }
}
