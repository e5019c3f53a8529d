using System.Runtime.InteropServices;

namespace LiveFace.Media.Sandbox;

/// <summary>The first page. The two counts are on cache lines of their own.</summary>
[StructLayout(LayoutKind.Explicit, Size = 4096)]
internal unsafe struct WorkerControl
{
    public const int TextBytes = 1024;

    /// <summary>Counted up by the server when there is something to do.</summary>
    [FieldOffset(0)]
    public int Request;

    /// <summary>The request that was answered last.</summary>
    [FieldOffset(64)]
    public int Response;

    [FieldOffset(128)]
    public WorkerTask Task;

    [FieldOffset(256)]
    public WorkerResult Result;

    /// <summary>Why a picture was refused, in UTF-8.</summary>
    [FieldOffset(1024)]
    public fixed byte Text[TextBytes];
}
