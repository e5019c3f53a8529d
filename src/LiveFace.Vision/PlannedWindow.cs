using LiveFace.Media.Frames;

namespace LiveFace.Vision;

/// <summary>One window of a frame that is to be looked at, and the input size it is brought to.</summary>
public readonly record struct PlannedWindow(PixelRect Window, InputSize Size, bool IsWhole)
{
    // A window is fine when a pixel of its input is no more than this of the frame's.
    internal const float FineScale = 1.1f;
    private const float LeastEnlarged = 1.5f;

    /// <summary>The smallest face, in pixels of the frame, that a model finds in it which finds those of so many in its input.</summary>
    internal int SmallestFace(int inInput) => (int)Math.Ceiling(
        inInput * Math.Max((double)Window.Width / Size.Width, (double)Window.Height / Size.Height));

    /// <summary>How many pixels of the frame one of its input shows, where that is most.</summary>
    internal float Scale => Math.Max((float)Window.Width / Size.Width, (float)Window.Height / Size.Height);

    /// <summary>Whether a look of this kind shows all that the frame does.</summary>
    internal bool IsFine => Window.Width <= FineScale * Size.Width && Window.Height <= FineScale * Size.Height;

    /// <summary>Whether it shows things larger than they are.</summary>
    internal bool IsEnlarged => Size.Width >= LeastEnlarged * Window.Width;

    /// <summary>The whole picture.</summary>
    internal static PlannedWindow Whole(int width, int height, InputSize size) => new(new PixelRect(0, 0, width, height), size, true);
}
