using System.Runtime.InteropServices;

namespace LiveFace.Media.Codecs.OpenH264;

/// <summary>Owns one open decoder of OpenH264.</summary>
internal sealed unsafe class H264DecoderHandle : SafeHandle
{
    private const int Quiet = 0;
    private const int NoConcealment = 0;
    private const int BitstreamAvc = 0;

    private H264DecoderHandle(H264DecoderTable** decoder)
        : base(0, ownsHandle: true) => SetHandle((nint)decoder);

    public override bool IsInvalid => handle == 0;

    public H264DecoderTable** Pointer => (H264DecoderTable**)handle;

    public H264DecoderTable* Functions => *Pointer;

    /// <summary>Opens a decoder, or tells by null that the library does not.</summary>
    public static H264DecoderHandle? Open()
    {
        H264DecoderTable** decoder = null;
        if (OpenH264Library.CreateDecoder(&decoder).Value != 0 || decoder is null)
            return null;

        var opened = new H264DecoderHandle(decoder);
        var level = Quiet;
        _ = opened.Functions->SetOption(decoder, H264Option.DecoderTraceLevel, &level);
        // A picture with invented parts could show what was meant to be hidden elsewhere: errors are told instead.
        var parameters = new H264DecoderParameters
        {
            ErrorConcealment = NoConcealment,
            VideoPropertyBytes = 8,
            BitstreamType = BitstreamAvc,
        };
        if (opened.Functions->Initialize(decoder, &parameters).Value == 0)
            return opened;
        opened.Dispose();
        return null;
    }

    /// <summary>Feeds one access unit; false when it could not be decoded.</summary>
    public bool Decode(ReadOnlySpan<byte> accessUnit, ref H264BufferInfo info)
    {
        var planes = stackalloc byte*[3];
        fixed (byte* data = accessUnit)
        fixed (H264BufferInfo* to = &info)
            return Functions->DecodeFrameNoDelay(Pointer, data, accessUnit.Length, planes, to) == 0;
    }

    /// <summary>Takes out a picture that is held back; the library gives it only at a stream's end, so it is told one.</summary>
    public bool Flush(ref H264BufferInfo info)
    {
        var planes = stackalloc byte*[3];
        SetEndOfStream(1);
        int state;
        fixed (H264BufferInfo* to = &info)
            state = Functions->FlushFrame(Pointer, planes, to);
        SetEndOfStream(0);
        return state == 0;
    }

    protected override bool ReleaseHandle()
    {
        _ = Functions->Uninitialize(Pointer);
        OpenH264Library.DestroyDecoder(Pointer);
        return true;
    }

    private void SetEndOfStream(int value) => _ = Functions->SetOption(Pointer, H264Option.DecoderEndOfStream, &value);
}
