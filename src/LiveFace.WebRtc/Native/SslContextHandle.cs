using System.Runtime.InteropServices;

namespace LiveFace.WebRtc.Native;

/// <summary>Owns an SSL_CTX.</summary>
internal sealed class SslContextHandle : SafeHandle
{
    public SslContextHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpenSsl.SSL_CTX_free(handle);
        return true;
    }
}
