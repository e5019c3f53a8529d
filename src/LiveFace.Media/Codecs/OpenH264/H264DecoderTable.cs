using System.Runtime.InteropServices;

namespace LiveFace.Media.Codecs.OpenH264;

/// <summary>ISVCDecoderVtbl: what a pointer to a decoder points to.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct H264DecoderTable
{
    public delegate* unmanaged<H264DecoderTable**, H264DecoderParameters*, CLong> Initialize;
    public delegate* unmanaged<H264DecoderTable**, CLong> Uninitialize;
    public nint DecodeFrame;
    public delegate* unmanaged<H264DecoderTable**, byte*, int, byte**, H264BufferInfo*, int> DecodeFrameNoDelay;
    public nint DecodeFrame2;
    public delegate* unmanaged<H264DecoderTable**, byte**, H264BufferInfo*, int> FlushFrame;
    public nint DecodeParser;
    public nint DecodeFrameEx;
    public delegate* unmanaged<H264DecoderTable**, int, void*, CLong> SetOption;
    public nint GetOption;
}
