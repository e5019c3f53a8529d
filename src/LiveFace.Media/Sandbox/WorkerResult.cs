using System.Runtime.InteropServices;

namespace LiveFace.Media.Sandbox;

/// <summary>What the worker says that it did. Nothing of it is to be believed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct WorkerResult(int Verdict)
{
    public int Width { get; set; }

    public int Height { get; set; }

    public long CaptureTicks { get; set; }

    public int Format { get; set; }

    public int StoredWidth { get; set; }

    public int StoredHeight { get; set; }

    public int Orientation { get; set; }

    public int TextLength { get; set; }
}
