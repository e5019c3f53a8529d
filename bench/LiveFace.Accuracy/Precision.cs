using LiveFace.Vision.Detection;

namespace LiveFace.Accuracy;

/// <summary>
/// Average precision at an overlap of 0.5, and recall by height. Faces below the least height neither count as missed
/// nor make the box that finds them wrong.
/// </summary>
internal sealed class Precision(float leastHeight)
{
    private static readonly float[] Bounds = [16, 24, 40, 80, float.MaxValue];

    private readonly List<(float Score, bool Right)> _boxes = [];
    private readonly int[] _faces = new int[Bounds.Length];
    private readonly int[] _found = new int[Bounds.Length];

    public static string Header => "< 16 px | 16–24 px | 24–40 px | 40–80 px | ≥ 80 px";

    public int Faces { get; private set; }

    /// <param name="boxes">What was found, from the weak threshold up.</param>
    /// <param name="faces">What is there.</param>
    /// <param name="ignored">What may be found or not.</param>
    /// <param name="scale">Brings a height to that at a picture of 640 across.</param>
    /// <param name="strong">The score from which a box counts for recall.</param>
    public void Count(
        IEnumerable<(BoxF Box, float Score)> boxes, IReadOnlyList<BoxF> faces, IReadOnlyList<BoxF> ignored, float scale, float strong)
    {
        var taken = new bool[faces.Count];
        foreach (var (box, score) in boxes.OrderByDescending(b => b.Score))
        {
            var best = -1;
            var overlap = 0.5f;
            for (var i = 0; i < faces.Count; i++)
                if (!taken[i] && faces[i].IntersectionOverUnion(box) is var o && o >= overlap)
                    (best, overlap) = (i, o);
            if (best >= 0)
            {
                taken[best] = true;
                if (score >= strong)
                    _found[Range(faces[best].Height * scale)]++;
            }

            var counts = best >= 0
                ? faces[best].Height * scale >= leastHeight
                : !ignored.Any(face => face.IntersectionOverUnion(box) >= 0.5f);
            if (counts)
                _boxes.Add((score, best >= 0));
        }

        foreach (var face in faces)
        {
            _faces[Range(face.Height * scale)]++;
            if (face.Height * scale >= leastHeight)
                Faces++;
        }
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

    public string Recall() => string.Join(" | ", _faces.Zip(_found, (all, found) => all == 0 ? "–" : $"{100.0 * found / all:F0} %"));

    private static int Range(float height) => Array.FindIndex(Bounds, bound => height < bound);
}
