namespace LiveFace.Vision.Tests.Clips;

/// <summary>
/// Counts face-frames, and those where too much of the face's oval lies outside every mask to call it hidden.
/// </summary>
internal sealed class MaskMeasure
{
    private const int Grid = 16;
    private const float MostOutside = 0.25f;

    public int Faces { get; private set; }

    public int Missed { get; private set; }

    /// <summary>Pixels of mask over pixels of face, summed: how much more than the faces is hidden.</summary>
    public double MaskArea { get; private set; }

    public double FaceArea { get; private set; }

    public double MissedPer10000 => Faces == 0 ? 0 : 10_000.0 * Missed / Faces;

    public double Excess => FaceArea == 0 ? 0 : MaskArea / FaceArea;

    public void Count(ReadOnlySpan<FaceTruth> faces, ReadOnlySpan<BoxF> masks)
    {
        foreach (var mask in masks)
            MaskArea += mask.Area;
        foreach (ref readonly var face in faces)
        {
            FaceArea += face.Width * face.Height * Math.PI / 4;
            if (!face.Counts)
                continue;
            Faces++;
            if (Outside(face, masks) >= MostOutside)
                Missed++;
        }
    }

    public void Add(MaskMeasure other)
    {
        Faces += other.Faces;
        Missed += other.Missed;
        MaskArea += other.MaskArea;
        FaceArea += other.FaceArea;
    }

    /// <summary>Points spread evenly over a face's oval.</summary>
    public static IEnumerable<(float X, float Y)> PointsOf(FaceTruth face)
    {
        var (sin, cos) = MathF.SinCos(face.Turn);
        for (var j = 0; j < Grid; j++)
        {
            for (var i = 0; i < Grid; i++)
            {
                var u = (i + 0.5f) / Grid * 2 - 1;
                var v = (j + 0.5f) / Grid * 2 - 1;
                if (u * u + v * v <= 1)
                    yield return (
                        face.X + cos * u * face.Width / 2 - sin * v * face.Height / 2,
                        face.Y + sin * u * face.Width / 2 + cos * v * face.Height / 2);
            }
        }
    }

    /// <summary>Part of the face's oval that no mask hides.</summary>
    public static float Outside(in FaceTruth face, ReadOnlySpan<BoxF> masks)
    {
        int all = 0, outside = 0;
        var (sin, cos) = MathF.SinCos(face.Turn);
        for (var j = 0; j < Grid; j++)
        {
            for (var i = 0; i < Grid; i++)
            {
                var u = (i + 0.5f) / Grid * 2 - 1;
                var v = (j + 0.5f) / Grid * 2 - 1;
                if (u * u + v * v > 1)
                    continue;
                all++;
                var dx = u * face.Width / 2;
                var dy = v * face.Height / 2;
                if (!IsHidden(face.X + cos * dx - sin * dy, face.Y + sin * dx + cos * dy, masks))
                    outside++;
            }
        }

        return (float)outside / all;
    }

    private static bool IsHidden(float x, float y, ReadOnlySpan<BoxF> masks)
    {
        foreach (var mask in masks)
            if (x >= mask.Left && x <= mask.Right && y >= mask.Top && y <= mask.Bottom)
                return true;
        return false;
    }
}
