using System.Runtime.InteropServices;

namespace LiveFace.WebRtc.Native;

/// <summary>Owns an EVP_CIPHER_CTX.</summary>
internal sealed class CipherHandle : SafeHandle
{
    public CipherHandle()
        : base(0, ownsHandle: true) => SetHandle(OpenSsl.EVP_CIPHER_CTX_new());

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpenSsl.EVP_CIPHER_CTX_free(handle);
        return true;
    }
}
