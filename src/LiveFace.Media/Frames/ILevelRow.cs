using System.Runtime.Intrinsics;

namespace LiveFace.Media.Frames;

/// <summary>What makes the levels of one plane for one row of outputs.</summary>
internal interface ILevelRow
{
    /// <summary>What a level of 1 is among the numbers that are made.</summary>
    static abstract float One { get; }

    /// <summary>Makes sixteen outputs, from a multiple of sixteen on.</summary>
    Vector512<float> Sixteen(nint x);
}
