using System.Runtime.InteropServices;

namespace LiveFace.Media.Sandbox;

/// <summary>What the worker is to do.</summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct WorkerTask(WorkerOperation Operation)
{
    public int Codec { get; set; }

    public int Length { get; set; }

    public int MaximumPixels { get; set; }

    public long CaptureTicks { get; set; }
}
