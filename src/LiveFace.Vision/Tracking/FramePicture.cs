using LiveFace.Media.Frames;

namespace LiveFace.Vision.Tracking;

/// <summary>
/// A frame's brightness, kept while it waits to be shown, in which a thing that was found in a later frame is looked for. The
/// memory is used again.
/// </summary>
public sealed class FramePicture
{
    private const float LeastLikeness = 0.6f;

    // How far a thing may be off from where it is expected, in parts of its height.
    private const float Reach = 0.5f;

    // There and back again has to end where it began, so nearly.
    private const float MostAstray = 0.25f;
    private const float LeastDoubt = 0.05f;

    private readonly LumaPyramid _luma = new();

    /// <summary>Whether there is no picture.</summary>
    internal bool IsEmpty => _luma.IsEmpty;

    /// <summary>Reads a frame that nobody has changed yet.</summary>
    public void Read(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _luma.Read(frame);
    }

    /// <summary>Forgets the picture.</summary>
    public void Clear() => _luma.Clear();

    /// <summary>
    /// Looks for what is in a box of this picture in an earlier one, by template, and from there back again. False where the
    /// two ways do not agree or it is not to be seen there.
    /// </summary>
    /// <param name="earlier">The picture before.</param>
    /// <param name="box">Where it is in this one.</param>
    /// <param name="expectedX">How far to the right it is expected there.</param>
    /// <param name="expectedY">How far down it is expected there.</param>
    /// <param name="moved">How far it was found from here.</param>
    public bool TryFindIn(FramePicture earlier, BoxF box, float expectedX, float expectedY, out BoxMove moved)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        moved = default;
        if (IsEmpty || earlier.IsEmpty || _luma.FrameWidth != earlier._luma.FrameWidth || _luma.FrameHeight != earlier._luma.FrameHeight)
            return false;
        var reach = Reach * box.Height;
        var there = PatchSearch.Search(_luma, box, earlier._luma, expectedX, expectedY, reach);
        if (there.Likeness < LeastLikeness)
            return false;
        var back = PatchSearch.Search(earlier._luma, box.Move(there.X, there.Y), _luma, -there.X, -there.Y, reach);
        var astray = MathF.Max(MathF.Abs(there.X + back.X), MathF.Abs(there.Y + back.Y)) / MathF.Max(1, box.Height);
        moved = new BoxMove(there.X, there.Y, astray + LeastDoubt);
        return back.Likeness >= LeastLikeness && astray <= MostAstray;
    }
}

/// <summary>How far a box moved, and by how much of its height that may be wrong.</summary>
public readonly record struct BoxMove(float X, float Y, float Doubt);
