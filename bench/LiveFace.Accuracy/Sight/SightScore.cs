using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Sight;

/// <summary>Misses and hidden area at one operating point, summed over pictures or frames.</summary>
internal sealed class SightScore
{
    /// <summary>A pixel that is covered less than this is in sight.</summary>
    private const byte Covered = 192;
    private const float MostInSight = 0.25f;

    /// <summary>Faces, missed faces and true area by size.</summary>
    public int[] Faces { get; } = new int[FaceSizes.Count];

    public int[] Missed { get; } = new int[FaceSizes.Count];

    public double[] TrueArea { get; } = new double[FaceSizes.Count];

    /// <summary>Hidden area by the size of the face that it belongs to; the last is hidden falsely.</summary>
    public double[] HiddenArea { get; } = new double[FaceSizes.Count + 1];

    public int FacelessPictures { get; private set; }

    public int FalseMasks { get; private set; }

    public double FalselyHidden { get; private set; }

    public int AllFaces => Faces.Sum();

    public double MissedPart => AllFaces == 0 ? 0 : (double)Missed.Sum() / AllFaces;

    public double Area => TrueArea.Sum() is > 0 and var area ? HiddenArea.Sum() / area : 0;

    public double AreaOf(int size) => TrueArea[size] > 0 ? HiddenArea[size] / TrueArea[size] : 0;

    /// <summary>What is hidden near no face, over the area of all faces.</summary>
    public double AreaElsewhere => TrueArea.Sum() is > 0 and var area ? HiddenArea[^1] / area : 0;

    public string MissedOf(int size) => Faces[size] == 0 ? "–" : $"{(double)Missed[size] / Faces[size]:P1}";

    public double FalseMasksEach => FacelessPictures == 0 ? 0 : (double)FalseMasks / FacelessPictures;

    public double FalselyHiddenPart => FacelessPictures == 0 ? 0 : FalselyHidden / FacelessPictures;

    /// <summary>Counts a picture with faces.</summary>
    public void Count(ReadOnlySpan<byte> coverage, int width, int height, ReadOnlySpan<FaceTruth> faces, TruthMap truth)
    {
        foreach (ref readonly var face in faces)
        {
            var size = FaceSizes.Of(face);
            if (size < 0)
                continue;
            var (all, inside, bare) = Points(face, coverage, width, height);
            if (inside < all / 2)
                continue;
            Faces[size]++;
            Missed[size] += bare >= MostInSight * all ? 1 : 0;
            TrueArea[size] += face.Width * face.Height * Math.PI / 4 * inside / all;
        }

        truth.Sum(coverage, HiddenArea);
    }

    /// <summary>Counts a picture without faces: what is hidden of it, and in how many pieces.</summary>
    public void CountFaceless(ReadOnlySpan<byte> coverage, int width, int height)
    {
        FacelessPictures++;
        FalseMasks += Pieces(coverage, width, height);
        long sum = 0;
        foreach (var value in coverage)
            sum += value;
        FalselyHidden += sum / 255.0 / coverage.Length;
    }

    /// <summary>Counts the faces of a frame that is covered as a whole: none of them is missed.</summary>
    public void CountCovered(ReadOnlySpan<FaceTruth> faces, int width, int height)
    {
        foreach (ref readonly var face in faces)
            if (FaceSizes.Of(face) is >= 0 and var size && face.X >= 0 && face.X < width && face.Y >= 0 && face.Y < height)
                Faces[size]++;
    }

    public void Add(SightScore other)
    {
        for (var i = 0; i < FaceSizes.Count; i++)
        {
            Faces[i] += other.Faces[i];
            Missed[i] += other.Missed[i];
            TrueArea[i] += other.TrueArea[i];
        }

        for (var i = 0; i < HiddenArea.Length; i++)
            HiddenArea[i] += other.HiddenArea[i];
        FacelessPictures += other.FacelessPictures;
        FalseMasks += other.FalseMasks;
        FalselyHidden += other.FalselyHidden;
    }

    private static (int All, int Inside, int Bare) Points(in FaceTruth face, ReadOnlySpan<byte> coverage, int width, int height)
    {
        var (all, inside, bare) = (0, 0, 0);
        foreach (var (x, y) in MaskMeasure.PointsOf(face))
        {
            all++;
            // What lies outside of the picture is not shown.
            if (x < 0 || y < 0 || x >= width || y >= height)
                continue;
            inside++;
            if (coverage[(int)y * width + (int)x] < Covered)
                bare++;
        }

        return (all, inside, bare);
    }

    private static int Pieces(ReadOnlySpan<byte> coverage, int width, int height)
    {
        var done = new bool[coverage.Length];
        var waiting = new Stack<int>();
        var pieces = 0;
        for (var start = 0; start < coverage.Length; start++)
        {
            if (done[start] || coverage[start] < Covered)
                continue;
            pieces++;
            done[start] = true;
            waiting.Push(start);
            while (waiting.TryPop(out var at))
            {
                var (x, y) = (at % width, at / width);
                Visit(x - 1, y, coverage);
                Visit(x + 1, y, coverage);
                Visit(x, y - 1, coverage);
                Visit(x, y + 1, coverage);
            }
        }

        return pieces;

        void Visit(int x, int y, ReadOnlySpan<byte> map)
        {
            if (x < 0 || y < 0 || x >= width || y >= height || done[y * width + x] || map[y * width + x] < Covered)
                return;
            done[y * width + x] = true;
            waiting.Push(y * width + x);
        }
    }
}
