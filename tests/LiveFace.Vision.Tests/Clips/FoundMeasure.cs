namespace LiveFace.Vision.Tests.Clips;

/// <summary>Counts the faces of a clip that a way of looking finds: a box with enough overlap, each box for one face.</summary>
internal sealed class FoundMeasure
{
    private const float LeastOverlap = 0.4f;

    public int Faces { get; private set; }

    public int Found { get; private set; }

    public int Wrong { get; private set; }

    public void Count(ReadOnlySpan<FaceTruth> truth, ReadOnlySpan<BoxF> boxes)
    {
        Span<bool> used = stackalloc bool[boxes.Length];
        foreach (ref readonly var face in truth)
        {
            var box = new BoxF(
                face.X - face.Width / 2, face.Y - face.Height / 2, face.X + face.Width / 2, face.Y + face.Height / 2);
            var best = -1;
            var overlap = LeastOverlap;
            for (var i = 0; i < boxes.Length; i++)
            {
                var shared = boxes[i].IntersectionOverUnion(box);
                if (!used[i] && shared >= overlap)
                    (overlap, best) = (shared, i);
            }

            if (best >= 0)
                used[best] = true;
            if (!face.Counts)
                continue;
            Faces++;
            if (best >= 0)
                Found++;
        }

        foreach (var matched in used)
            if (!matched)
                Wrong++;
    }
}
