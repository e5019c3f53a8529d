using LiveFace.Media.Frames;

namespace LiveFace.Vision;

/// <summary>
/// One window of a frame that is to be looked at, the input size it is brought to, and how it is turned before: an input of
/// 320×240 shows a window that is higher than wide when that is turned by a quarter.
/// </summary>
internal readonly record struct PlannedWindow(PixelRect Window, InputSize Size, bool IsWhole, QuarterTurns Turns = QuarterTurns.None)
{
    // A window is fine when a pixel of its input is no more than this of the frame's.
    internal const float FineScale = 1.1f;
    private const float LeastEnlarged = 1.5f;

    /// <summary>Whether it is looked at as it stands.</summary>
    internal bool IsUpright => Turns == QuarterTurns.None;

    /// <summary>The smallest face, in pixels of the frame, that a model finds in it which finds those of so many in its input.</summary>
    internal int SmallestFace(int inInput) => (int)Math.Ceiling(
        inInput * Math.Max((double)Window.Width / Shown.Width, (double)Window.Height / Shown.Height));

    /// <summary>How many pixels of the frame one of its input shows, where that is most.</summary>
    internal float Scale => Math.Max((float)Window.Width / Shown.Width, (float)Window.Height / Shown.Height);

    /// <summary>Whether a look of this kind shows all that the frame does.</summary>
    internal bool IsFine => IsUpright && Window.Width <= FineScale * Size.Width && Window.Height <= FineScale * Size.Height;

    /// <summary>Whether it shows things larger than they are.</summary>
    internal bool IsEnlarged => Size.Width >= LeastEnlarged * Window.Width;

    /// <summary>The input's size as the frame lies.</summary>
    internal InputSize Shown => Size.Turned(Turns);

    /// <summary>The whole picture.</summary>
    internal static PlannedWindow Whole(int width, int height, InputSize size) => new(new PixelRect(0, 0, width, height), size, true);

    /// <summary>Whether all of a box lies in it.</summary>
    internal bool Holds(BoxF box) =>
        box.Left >= Window.X && box.Top >= Window.Y && box.Right <= Window.Right && box.Bottom <= Window.Bottom;
}
