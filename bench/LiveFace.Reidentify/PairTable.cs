using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;

namespace LiveFace.Reidentify;

/// <summary>
/// How often two people are taken for one, and one person for two, by what renews exemptions, on faces of several
/// sizes. Files whose names differ in the number behind their last underscore alone show one person; all others differ.
/// </summary>
internal sealed class PairTable(IDetector detector, FaceIdentifier identifier, FramePool pool)
{
    private const int AsItIs = 0;
    private static readonly int[] Sides = [48, 96, AsItIs];
    private static readonly float[] Thresholds = [0.363f, 0.4f, 0.45f, 0.5f, 0.55f, 0.6f, 0.65f];

    public void Print(IEnumerable<string> files)
    {
        var found = FaceLooks.All(files.ToArray(), detector, identifier, Look);
        var people = found.OfType<(string Person, FaceEmbedding?[] Faces)>().ToArray();
        Console.WriteLine($"{people.Length} faces of {people.Select(face => face.Person).Distinct(StringComparer.Ordinal).Count()} people.");
        Console.WriteLine();
        Console.WriteLine("| smaller side of the face, px | pairs of different people | taken for one at " +
            string.Join(" | ", Thresholds.Select(threshold => $"{threshold:0.###}")) + " | pairs of one person | not known again at " +
            string.Join(" | ", Thresholds.Select(threshold => $"{threshold:0.###}")) + " |");
        Console.WriteLine("| --- | --- |" + string.Concat(Enumerable.Repeat(" --- |", 2 * Thresholds.Length + 1)));
        for (var size = 0; size < Sides.Length; size++)
            Row(people, size);
    }

    private static void Row((string Person, FaceEmbedding?[] Faces)[] people, int size)
    {
        var others = new long[Thresholds.Length];
        var own = new long[Thresholds.Length];
        long otherPairs = 0, ownPairs = 0;
        var highest = new PriorityQueue<(string, string), float>();
        for (var a = 0; a < people.Length; a++)
            for (var b = a + 1; b < people.Length; b++)
            {
                if (people[a].Faces[size] is not { } first || people[b].Faces[size] is not { } second)
                    continue;
                var likeness = first.Likeness(second);
                var same = string.Equals(people[a].Person, people[b].Person, StringComparison.Ordinal);
                if (same)
                    ownPairs++;
                else
                    otherPairs++;
                for (var i = 0; i < Thresholds.Length; i++)
                    if (likeness >= Thresholds[i] != same)
                        (same ? own : others)[i]++;
                if (!same && likeness > 0.5f && Environment.GetEnvironmentVariable("PAIRS") is not null)
                    highest.Enqueue((people[a].Person, people[b].Person), -likeness);
            }

        Console.WriteLine($"| {(Sides[size] == AsItIs ? "as it is" : $"{Sides[size]}")} | {otherPairs} | " + string.Join(" | ", others.Select(n => Rate(n, otherPairs))) +
            $" | {ownPairs} | " + string.Join(" | ", own.Select(n => Rate(n, ownPairs))) + " |");
        for (var i = 0; i < 40 && highest.TryDequeue(out var pair, out var likeness); i++)
            Console.Error.WriteLine($"{-likeness:0.000} {pair.Item1} {pair.Item2}");
    }

    private static string Rate(long part, long whole) => whole == 0 ? "–" : $"{part} ({100.0 * part / whole:0.0000} %)";

    private (string, FaceEmbedding?[])? Look(string file, IDetectorLane lane, FaceIdentifierLane identity, Random random)
    {
        using var picture = ImageFile.Decode(File.ReadAllBytes(file), pool);
        if (LargestFace.Of(picture, detector, lane) is not { } box)
            return null;
        var faces = new FaceEmbedding?[Sides.Length];
        for (var i = 0; i < Sides.Length; i++)
        {
            // Made smaller as a camera further away would; never larger, which would add nothing.
            var scale = Sides[i] == AsItIs ? 1 : Sides[i] / MathF.Min(box.Width, box.Height);
            if (scale > 1 || MathF.Min(box.Width, box.Height) * scale < FaceIdentifier.SmallestFace - 0.5f)
                continue;
            using var smaller = FaceLooks.Smaller(picture, scale, pool);
            if (identity.Sample(smaller, Jittered(box, scale, random)) && identity.Infer())
                faces[i] = identity.Seen.Copy();
        }

        return (LargestFace.PersonOf(file), faces);
    }

    /// <summary>A detector never gives the very same box twice.</summary>
    private static BoxF Jittered(BoxF box, float scale, Random random)
    {
        var (width, height) = (box.Width * scale, box.Height * scale);
        var (x, y) = (box.CentreX * scale + width * Deviation(), box.CentreY * scale + height * Deviation());
        var grown = MathF.Max(1, MathF.Min(width, height) * (1 + Deviation())) / MathF.Min(width, height);
        grown = MathF.Max(grown, FaceIdentifier.SmallestFace / MathF.Min(width, height) + 0.001f);
        return new BoxF(x - width * grown / 2, y - height * grown / 2, x + width * grown / 2, y + height * grown / 2);

        float Deviation() => (random.NextSingle() - 0.5f) * 0.08f;
    }
}
