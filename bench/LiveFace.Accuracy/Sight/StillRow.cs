namespace LiveFace.Accuracy.Sight;

/// <summary>One way of looking and what it was worth: at its own operating point, and along all scores.</summary>
internal sealed class StillRow(IStillLook look, IReadOnlyList<string> groups) : IDisposable
{
    private const float LeastSide = 16;

    private readonly Dictionary<string, SightScore> _groups = groups.ToDictionary(group => group, _ => new SightScore());

    /// <summary>The least scores of the curve; zero is all that the look gives.</summary>
    public static float[] Scores { get; } =
        [0, 0.1f, 0.15f, 0.2f, 0.25f, 0.3f, 0.35f, 0.4f, 0.45f, 0.5f, 0.55f, 0.6f, 0.65f, 0.7f, 0.75f, 0.8f, 0.85f, 0.9f, 0.95f, 0.98f];

    public string Name => look.Name;

    /// <summary>The look as it is used.</summary>
    public SightScore Score { get; } = new();

    public Precision Precision { get; } = new(LeastSide);

    /// <summary>Misses and area by the least score of what is hidden.</summary>
    public SightScore[] Curve { get; } = [.. Scores.Select(_ => new SightScore())];

    /// <summary>Looks at a picture and counts it; writes it hidden where a file is named.</summary>
    public void Count(string group, SightView view, TruthMap truth, HiddenPixels hidden, string? file = null)
    {
        var seen = look.Look(view);
        Precision.Count(seen.Boxes, view.Faces, view.Ignored);
        _ = hidden.Of(seen, view.Width, view.Height, look.Point);
        Add(Score);
        Add(_groups[group]);
        for (var i = 0; i < Scores.Length; i++)
        {
            // Where no find lies between two scores, the picture stays the same.
            if (i == 0 || seen.Any(Scores[i - 1], Scores[i]))
                _ = hidden.Of(seen, view.Width, view.Height, Scores[i]);
            Add(Curve[i]);
        }

        if (file is not null)
        {
            using var frame = view.Frame();
            File.WriteAllBytes($"{file} {Name}.jpg", hidden.Picture(seen, frame, look.Point));
        }

        void Add(SightScore score)
        {
            if (view.Faces.Length == 0 && view.Ignored.Length == 0)
                score.CountFaceless(hidden.Coverage, view.Width, view.Height);
            else
                score.Count(hidden.Coverage, view.Width, view.Height, view.Faces, truth);
        }
    }

    public string GroupText(string group)
    {
        var score = _groups[group];
        return score.AllFaces > 0 ? $"{score.MissedPart:P1}, {score.Area:F2}" : $"{score.FalseMasksEach:F2}, {score.FalselyHiddenPart:P2}";
    }

    /// <summary>The part of all faces that is missed where the hidden area is so many times the faces'; null where it never is.</summary>
    public double? MissedAtArea(double area)
    {
        for (var i = 1; i < Curve.Length; i++)
        {
            var (above, below) = (Curve[i - 1], Curve[i]);
            if (above.Area < area || below.Area > area || above.Area <= below.Area)
                continue;
            return double.Lerp(above.MissedPart, below.MissedPart, (above.Area - area) / (above.Area - below.Area));
        }

        return Curve[0].Area is > 0 and var most && most < area ? Curve[0].MissedPart : null;
    }

    public void Dispose() => look.Dispose();
}
