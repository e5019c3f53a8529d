using LiveFace.Accuracy.Sight;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy;

/// <summary>
/// Average precision at an overlap of 0.5. Faces whose shorter side is below the least neither count as missed nor make the
/// box that finds them wrong; nor does what is ignored.
/// </summary>
internal sealed class Precision(float leastSide)
{
    private const float Same = 0.5f;

    private readonly List<(float Score, bool Right)> _boxes = [];

    public int Faces { get; private set; }

    /// <param name="boxes">What was found.</param>
    /// <param name="faces">What is there.</param>
    /// <param name="ignored">What may be found or not.</param>
    public void Count(IEnumerable<(BoxF Box, float Score)> boxes, ReadOnlySpan<FaceTruth> faces, ReadOnlySpan<BoxF> ignored)
    {
        Span<bool> taken = stackalloc bool[faces.Length];
        foreach (var (box, score) in boxes.OrderByDescending(b => b.Score))
        {
            var best = -1;
            var overlap = Same;
            for (var i = 0; i < faces.Length; i++)
                if (!taken[i] && BoxOf(faces[i]).IntersectionOverUnion(box) is var shared && shared >= overlap)
                    (best, overlap) = (i, shared);
            if (best >= 0)
                taken[best] = true;
            if (best >= 0 ? Counts(faces[best]) : !IsIgnored(box, ignored))
                _boxes.Add((score, best >= 0));
        }

        foreach (ref readonly var face in faces)
            Faces += Counts(face) ? 1 : 0;
    }

    /// <summary>Area under the precision that falls as recall rises.</summary>
    public double Average()
    {
        var sorted = _boxes.OrderByDescending(b => b.Score).ToArray();
        var precision = new double[sorted.Length];
        var right = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].Right)
                right++;
            precision[i] = right / (i + 1.0);
        }

        double area = 0, best = 0;
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            best = Math.Max(best, precision[i]);
            if (sorted[i].Right)
                area += best / Faces;
        }

        return area;
    }

    /// <summary>The box round a turned oval.</summary>
    private static BoxF BoxOf(in FaceTruth face)
    {
        var (sin, cos) = MathF.SinCos(face.Turn);
        var across = 0.5f * float.Hypot(face.Width * cos, face.Height * sin);
        var down = 0.5f * float.Hypot(face.Width * sin, face.Height * cos);
        return new BoxF(face.X - across, face.Y - down, face.X + across, face.Y + down);
    }

    private bool Counts(in FaceTruth face) => face.Counts && FaceSizes.SideOf(face) >= leastSide;

    private static bool IsIgnored(BoxF box, ReadOnlySpan<BoxF> ignored)
    {
        foreach (var region in ignored)
            if (region.IntersectionOverUnion(box) >= Same || region.Intersect(box).Area >= Same * box.Area)
                return true;
        return false;
    }
}
