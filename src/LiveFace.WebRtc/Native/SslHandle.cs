using System.Runtime.InteropServices;

namespace LiveFace.WebRtc.Native;

/// <summary>Owns an SSL and, with it, its two BIOs.</summary>
internal sealed class SslHandle : SafeHandle
{
    public SslHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpenSsl.SSL_free(handle);
        return true;
    }
}
