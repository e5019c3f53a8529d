using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;

namespace LiveFace.Reidentify;

/// <summary>
/// People are enrolled from some of their pictures; looks at all others, in several sizes and cut out as a detector's boxes
/// jitter, are held against each of them: how often is a stranger taken for somebody enrolled, and how often is somebody not
/// known again. Files whose names differ in the number behind their last underscore alone show one person.
/// </summary>
internal sealed class EnrolTable(IDetector detector, FaceIdentifier identifier, FramePool pool)
{
    private const int Jitters = 3;
    private static readonly int[] Sides = [64, 96, 0];
    private static readonly float[] Thresholds = [0.4f, 0.45f, 0.5f, 0.55f, 0.6f];

    public void Print(IEnumerable<string> files)
    {
        var looked = FaceLooks.All(files.ToArray(), detector, identifier, Look);
        var people = looked.OfType<Picture>().GroupBy(one => one.Person, StringComparer.Ordinal).ToArray();
        Console.WriteLine($"{people.Sum(one => one.Count())} pictures of {people.Length} people.");
        QualityTable.Print([.. people.SelectMany(one => one).Select(one => one.Quality)]);
        List<(string Person, FaceTemplate Template)> enrolled = [];
        HashSet<Picture> used = [];
        foreach (var person in people)
            if (Enrol([.. person], used) is { } template)
                enrolled.Add((person.Key, template));
        Console.WriteLine($"{enrolled.Count} enrolled from {used.Count} pictures.");
        Console.WriteLine();
        Console.WriteLine("| smaller side of the face, px | looks at strangers | taken for somebody enrolled at " + string.Join(" | ", Thresholds) +
            " | twice in a row at " + string.Join(" | ", Thresholds) + " | looks at enrolled people | not known again at " + string.Join(" | ", Thresholds) + " |");
        for (var size = 0; size < Sides.Length; size++)
            Row(size, enrolled, [.. people.SelectMany(one => one).Where(one => !used.Contains(one))]);
    }

    /// <summary>The first three pictures that pass and agree; null where there are not so many.</summary>
    private static FaceTemplate? Enrol(Picture[] pictures, HashSet<Picture> used)
    {
        var good = pictures.Where(one => FaceEnrolment.Problem(one.Quality, one.Side) is null).ToArray();
        for (var first = 0; first + FaceEnrolment.Fewest <= good.Length; first++)
        {
            var some = good[first..(first + FaceEnrolment.Fewest)];
            if (FaceEnrolment.Disagreeing([.. some.Select(one => one.Looks[^1][0]!)]) is not null)
                continue;
            used.UnionWith(some);
            return FaceTemplate.Of([.. some.Select(one => one.Looks[^1][0]!)]);
        }

        return null;
    }

    private static void Row(int size, List<(string Person, FaceTemplate Template)> enrolled, Picture[] probes)
    {
        var (others, own, twice) = (new long[Thresholds.Length], new long[Thresholds.Length], new long[Thresholds.Length]);
        long otherLooks = 0, ownLooks = 0;
        foreach (var probe in probes)
            foreach (var look in probe.Looks[size].OfType<FaceEmbedding>())
                foreach (var (person, template) in enrolled)
                {
                    var same = string.Equals(person, probe.Person, StringComparison.Ordinal);
                    var likeness = template.Likeness(look);
                    _ = same ? ownLooks++ : otherLooks++;
                    for (var i = 0; i < Thresholds.Length; i++)
                        if (likeness >= Thresholds[i] != same)
                            (same ? own : others)[i]++;
                }

        // A room asks for two looks after one another: here those at one picture, whose boxes differ.
        foreach (var probe in probes)
            foreach (var (_, template) in enrolled.Where(one => !string.Equals(one.Person, probe.Person, StringComparison.Ordinal)))
                for (var j = 1; j < Jitters; j++)
                    for (var i = 0; i < Thresholds.Length; i++)
                        if (Is(probe.Looks[size][j - 1], template, i) && Is(probe.Looks[size][j], template, i))
                            twice[i]++;

        Console.WriteLine($"| {(Sides[size] == 0 ? "as it is" : Sides[size])} | {otherLooks:N0} | " +
            string.Join(" | ", others.Select(n => $"{n} ({10_000.0 * n / otherLooks:0.00} in 10,000)")) +
            " | " + string.Join(" | ", twice) +
            $" | {ownLooks:N0} | " + string.Join(" | ", own.Select(n => $"{100.0 * n / ownLooks:0.0} %")) + " |");
    }

    private static bool Is(FaceEmbedding? look, FaceTemplate template, int threshold) =>
        look is not null && template.Likeness(look) >= Thresholds[threshold];

    private Picture? Look(string file, IDetectorLane lane, FaceIdentifierLane identity, Random random)
    {
        using var picture = ImageFile.Decode(File.ReadAllBytes(file), pool);
        if (LargestFace.Of(picture, detector, lane) is not { } box || !identity.Sample(picture, box) || !identity.Infer())
            return null;
        var quality = identity.ReadQuality();
        var side = MathF.Min(box.Width, box.Height);
        var looks = new FaceEmbedding?[Sides.Length][];
        for (var i = 0; i < Sides.Length; i++)
        {
            looks[i] = new FaceEmbedding?[Jitters];
            var scale = Sides[i] == 0 ? 1 : Sides[i] / side;
            if (scale > 1)
                continue;
            using var smaller = FaceLooks.Smaller(picture, scale, pool);
            for (var j = 0; j < Jitters; j++)
                if (identity.Sample(smaller, Jittered(box, scale, j == 0 ? 0 : 0.08f, random)) && identity.Infer())
                    looks[i][j] = identity.Seen.Copy();
        }

        return looks[^1][0] is null ? null : new Picture(LargestFace.PersonOf(file), side, quality, looks);
    }

    private static BoxF Jittered(BoxF box, float scale, float most, Random random)
    {
        var (width, height) = (box.Width * scale, box.Height * scale);
        var (x, y, grown) = (box.CentreX * scale + width * By(), box.CentreY * scale + height * By(), 1 + MathF.Abs(By()));
        return new BoxF(x - width * grown / 2, y - height * grown / 2, x + width * grown / 2, y + height * grown / 2);

        float By() => (random.NextSingle() - 0.5f) * most;
    }

    private sealed record Picture(string Person, float Side, FaceQuality Quality, FaceEmbedding?[][] Looks);
}
