using System.Runtime.InteropServices;

namespace LiveFace.Media.Codecs.OpenH264;

/// <summary>Owns one encoder of OpenH264.</summary>
internal sealed unsafe class H264EncoderHandle : SafeHandle
{
    private const int Quiet = 0;

    private H264EncoderHandle(H264EncoderTable** encoder)
        : base(0, ownsHandle: true) => SetHandle((nint)encoder);

    public override bool IsInvalid => handle == 0;

    public H264EncoderTable** Pointer => (H264EncoderTable**)handle;

    public H264EncoderTable* Functions => *Pointer;

    public static H264EncoderHandle Create()
    {
        H264EncoderTable** encoder = null;
        if (OpenH264Library.CreateEncoder(&encoder) != 0 || encoder is null)
            throw new InvalidOperationException("OpenH264 has no memory for an encoder.");
        var opened = new H264EncoderHandle(encoder);
        var level = Quiet;
        opened.SetOption(H264Option.EncoderTraceLevel, &level);
        return opened;
    }

    public bool SetOption(int option, void* value) => Functions->SetOption(Pointer, option, value) == 0;

    protected override bool ReleaseHandle()
    {
        _ = Functions->Uninitialize(Pointer);
        OpenH264Library.DestroyEncoder(Pointer);
        return true;
    }
}
