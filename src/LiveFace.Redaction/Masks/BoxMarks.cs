using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Looks;
using LiveFace.Vision.Attributes;

namespace LiveFace.Redaction.Masks;

/// <summary>
/// Draws boxes and labels over what a policy marks. They are drawn after everything that hides, and hide nothing: where
/// the machine has no font for labels, boxes are left out and the picture is shown all the same.
/// </summary>
internal sealed class BoxMarks : IDisposable
{
    private static readonly RgbColor Usual = new(0, 208, 132);
    private readonly BoxOverlay _overlay = new();
    private readonly char[] _label = new char[80];

    public static BoxMarks? TryOpen()
    {
        try
        {
            return new BoxMarks();
        }
        catch (Exception error) when (error is DllNotFoundException or IOException)
        {
            return null;
        }
    }

    /// <summary>Draws what lines mark; labels tell of faces what <paramref name="tells"/> names.</summary>
    public void Draw(VideoFrame frame, ReadOnlySpan<MaskRegion> regions, FrameTracks tracks, FaceTraits tells)
    {
        foreach (ref readonly var mask in regions)
            if (!mask.Line.Hides)
                _overlay.Draw(frame, mask.Region.Bounds, mask.Line.Colour ?? Usual, Label(mask, tracks, tells));
    }

    public void Dispose() => _overlay.Dispose();

    private ReadOnlySpan<char> Label(in MaskRegion mask, FrameTracks tracks, FaceTraits tells)
    {
        if (!mask.Line.How.Label)
            return default;
        var labels = mask.Line.Source!.Labels;
        var name = (uint)mask.Class < (uint)labels.Count ? labels[mask.Class] : mask.Line.Source.Model;
        // A picture's finds have no numbers that anybody knows.
        var fits = mask.Track > 0 ? _label.AsSpan().TryWrite($"{name} {mask.Track}", out var written) : _label.AsSpan().TryWrite($"{name}", out written);
        if (!fits)
            return name;
        if (tells != FaceTraits.None && tracks.TryReading(mask.Track, out var reading))
            written = ReadingLabel.Add(_label, written, reading.Only(tells));
        return _label.AsSpan(0, written);
    }
}
