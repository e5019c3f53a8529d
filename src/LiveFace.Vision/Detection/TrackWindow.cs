using LiveFace.Media.Frames;
using LiveFace.Vision.Tracking;

namespace LiveFace.Vision.Detection;

/// <summary>Where a track is looked at closely.</summary>
internal static class TrackWindow
{
    // The height in the model's input at which a face is found best.
    private const float BestHeight = 36f;
    private const float MostZoom = 3f;

    // A track that is known well may be brought down to the size at which it is found best. A close window shows so much
    // more on each side than what may hide it.
    private const float LeastZoom = 0.4f;
    private const float Room = 1.2f;

    /// <summary>A window around a track, which is wide where a close one would not show all that may hide it.</summary>
    public static PlannedWindow Around(in Track track, InputSize input, InputSize wide, int width, int height)
    {
        var zoom = Math.Clamp(BestHeight / MathF.Max(1, track.Box.Height), track.Coasting ? 1 : LeastZoom, MostZoom);
        if (Room * track.Cover.Width * zoom > input.Width || Room * track.Cover.Height * zoom > input.Height)
            input = wide;
        var side = LookInputs.Side(input, zoom, width, height);
        var x = Math.Clamp((int)(track.Box.CentreX - side.Width * 0.5f), 0, width - side.Width);
        var y = Math.Clamp((int)(track.Box.CentreY - side.Height * 0.5f), 0, height - side.Height);
        return new PlannedWindow(new PixelRect(x, y, side.Width, side.Height), input, false);
    }
}
