using System.Runtime.InteropServices;

namespace LiveFace.Media.Codecs.OpenH264;

/// <summary>ISVCEncoderVtbl: what a pointer to an encoder points to.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct H264EncoderTable
{
    public nint Initialize;
    public delegate* unmanaged<H264EncoderTable**, H264EncoderParameters*, int> InitializeExtended;
    public delegate* unmanaged<H264EncoderTable**, H264EncoderParameters*, int> GetDefaultParameters;
    public delegate* unmanaged<H264EncoderTable**, int> Uninitialize;
    public delegate* unmanaged<H264EncoderTable**, H264SourcePicture*, byte*, int> EncodeFrame;
    public nint EncodeParameterSets;
    public delegate* unmanaged<H264EncoderTable**, byte, int> ForceIntraFrame;
    public delegate* unmanaged<H264EncoderTable**, int, void*, int> SetOption;
    public delegate* unmanaged<H264EncoderTable**, int, void*, int> GetOption;
}
