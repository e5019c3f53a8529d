using System.Runtime.InteropServices;

namespace LiveFace.Media.Codecs.Vpx;

/// <summary>Owns one open codec of libvpx and the memory that libvpx keeps pointers to.</summary>
internal sealed unsafe class VpxContext : SafeHandle
{
    /// <summary>vpx_codec_ctx_t is 56 bytes; the rest is room for later versions.</summary>
    private const int ContextBytes = 256;

    public VpxContext()
        : base(0, ownsHandle: true) => SetHandle((nint)NativeMemory.AllocZeroed(ContextBytes + VpxEncoderConfiguration.Bytes));

    public override bool IsInvalid => handle == 0;

    /// <summary>Set once libvpx has taken the context.</summary>
    public bool IsOpen { get; set; }

    public void* Pointer => (void*)handle;

    /// <summary>An encoder's configuration: the open codec points at it, so it lives and goes with the codec.</summary>
    public VpxEncoderConfiguration* Configuration => (VpxEncoderConfiguration*)((byte*)handle + ContextBytes);

    protected override bool ReleaseHandle()
    {
        var result = IsOpen ? VpxLibrary.Destroy((void*)handle) : VpxLibrary.Ok;
        NativeMemory.Free((void*)handle);
        return result == VpxLibrary.Ok;
    }
}
