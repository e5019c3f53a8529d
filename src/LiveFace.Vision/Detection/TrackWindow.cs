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
    public static PlannedWindow Around(in Track track, InputSize input, InputSize wide, int width, int height, QuarterTurns turns = QuarterTurns.None) =>
        Around(track.Box, track.Cover, !track.Coasting, input, wide, width, height, turns);

    /// <summary>The same for a thing that is not followed, and may not be brought down in size.</summary>
    public static PlannedWindow Around(
        BoxF box, BoxF cover, bool isKnownWell, InputSize input, InputSize wide, int width, int height, QuarterTurns turns = QuarterTurns.None)
    {
        var tall = turns.IsQuarter() ? box.Width : box.Height;
        var zoom = Math.Clamp(BestHeight / MathF.Max(1, tall), isKnownWell ? LeastZoom : 1, MostZoom);
        var shown = input.Turned(turns);
        if (Room * cover.Width * zoom > shown.Width || Room * cover.Height * zoom > shown.Height)
            (input, shown) = (wide, wide.Turned(turns));
        var side = LookInputs.Side(shown, zoom, width, height);
        var x = Math.Clamp((int)(box.CentreX - side.Width * 0.5f), 0, width - side.Width);
        var y = Math.Clamp((int)(box.CentreY - side.Height * 0.5f), 0, height - side.Height);
        return new PlannedWindow(new PixelRect(x, y, side.Width, side.Height), input, false, turns);
    }
}
