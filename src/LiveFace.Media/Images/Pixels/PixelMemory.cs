using System.Runtime.InteropServices;

namespace LiveFace.Media.Images.Pixels;

/// <summary>A block of native memory for one picture on its way in or out.</summary>
internal sealed unsafe class PixelMemory : IDisposable
{
    public PixelMemory(long bytes) => Start = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, 64);

    public byte* Start { get; private set; }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Start);
        Start = null;
    }
}
