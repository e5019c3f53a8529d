namespace LiveFace.Accuracy.Blind;

/// <summary>A face is missed when less than half of what the picture shows of it lies under boxes, weak ones too.</summary>
internal sealed class BlindMeasure
{
    private const int Step = 8;

    /// <summary>What a box may take along of a face's surroundings, in parts of the face, and is still the face.</summary>
    private const float Surroundings = 0.35f;

    private int _missed;
    private long _cells;
    private long _hidden;

    public int Faces { get; private set; }

    public string Missed => Faces == 0 ? "–" : $"{100.0 * _missed / Faces:F1} %";

    public string Hidden => $"{100.0 * _hidden / _cells:F1} %";

    public void Count(IReadOnlyList<BoxF> boxes, int width, int height, BoxF[] faces)
    {
        Faces += faces.Length;
        foreach (var face in faces)
            _missed += Covered(boxes, face.Intersect(new BoxF(0, 0, width, height))) < 0.5f ? 1 : 0;
        for (var y = Step / 2; y < height; y += Step)
            for (var x = Step / 2; x < width; x += Step)
            {
                _cells++;
                _hidden += Hides(boxes, x, y) && !faces.Any(face => Holds(face.Grow(Surroundings), x, y)) ? 1 : 0;
            }
    }

    private static float Covered(IReadOnlyList<BoxF> boxes, BoxF seen)
    {
        const int Points = 20;
        var covered = 0;
        for (var y = 0; y < Points; y++)
            for (var x = 0; x < Points; x++)
                covered += Hides(boxes, seen.Left + (x + 0.5f) / Points * seen.Width, seen.Top + (y + 0.5f) / Points * seen.Height) ? 1 : 0;
        return covered / (float)(Points * Points);
    }

    private static bool Hides(IReadOnlyList<BoxF> boxes, float x, float y)
    {
        foreach (var box in boxes)
            if (Holds(box, x, y))
                return true;
        return false;
    }

    private static bool Holds(BoxF box, float x, float y) => x >= box.Left && x <= box.Right && y >= box.Top && y <= box.Bottom;
}
