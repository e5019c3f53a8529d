using LiveFace.Accuracy.Sight;
using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Blind;

/// <summary>
/// What a face model is blind to as a picture stands – rolled faces, faces larger than the picture or half out of it,
/// darkness –, and what looks make of it: faces missed, and how much of the picture is hidden that is no face.
/// </summary>
internal static class BlindTable
{
    private static readonly int[] After = [BlindLive.Rate / 2, BlindLive.Rate, 2 * BlindLive.Rate];

    public static async Task PrintAsync(IReadOnlyList<SightPicture>? own, bool live)
    {
        using var model = await SightModel.OpenAsync((live ? Models.All.ForPolicy(LiveSeeing.Model) : Models.All.ForFiles(LiveSeeing.Model))!.Id);
        using var pool = new FramePool();
        await (live ? LiveAsync(model, own, pool) : OfflineAsync(model, own, pool));
    }

    private static async Task OfflineAsync(SightModel model, IReadOnlyList<SightPicture>? own, FramePool pool)
    {
        var first = model.Detector;
        using var plain = new ExhaustiveLook(first, pool);
        using var alone = new ExhaustiveLook(first, pool, LookViews.All);
        using var both = new ExhaustiveLook(first, pool, LookViews.All, model.Seconds);
        ExhaustiveLook[] looks = [plain, alone, both];
        var found = new DetectionList(ExhaustiveLook.RoomForAll);
        var measures = await MeasureAsync(own, pool, looks.Length, frame => looks.Select(look => Boxes(look, frame, found)));
        var others = string.Join(", ", model.Seconds.Select(second => second.ModelId));
        Print($"{first.ModelId} offline, in 640×480", ["as it stands", "+ other views", $"+ {others}"], measures);
    }

    private static async Task LiveAsync(SightModel model, IReadOnlyList<SightPicture>? own, FramePool pool)
    {
        var room = new BlindLive(model.Detector, pool);
        var measures = await MeasureAsync(own, pool, After.Length, frame => room.Look(frame, After));
        Print($"{model.Detector.ModelId} live, in 640×480", [.. After.Select(frames => $"after {frames / (double)BlindLive.Rate:0.#} s")], measures);
    }

    private static async Task<Dictionary<string, BlindMeasure[]>> MeasureAsync(
        IReadOnlyList<SightPicture>? own, FramePool pool, int ways, Func<VideoFrame, IEnumerable<IReadOnlyList<BoxF>>> look)
    {
        var measures = BlindCases.Names.ToDictionary(name => name, _ => Enumerable.Range(0, ways).Select(_ => new BlindMeasure()).ToArray());
        var pictures = own is null ? await FacePictures.ReadAsync(Models.Root, pool, CancellationToken.None) : own.Select(picture => Open(picture, pool));
        foreach (var (name, frame, faces) in BlindCases.All(pictures, pool))
        {
            using (frame)
            {
                foreach (var (measure, boxes) in measures[name].Zip(look(frame)))
                    measure.Count(boxes, frame.Width, frame.Height, faces);
            }
        }

        return measures;
    }

    private static List<BoxF> Boxes(ExhaustiveLook look, VideoFrame frame, DetectionList found) =>
        look.Look(frame, found) == DetectionVerdict.Seen
            ? [.. found.Items.ToArray().Select(item => item.Box)]
            : throw new InvalidDataException("A picture could not be looked at.");

    private static void Print(string what, string[] ways, Dictionary<string, BlindMeasure[]> measures)
    {
        Console.WriteLine($"| {what} | faces | missed: {string.Join(" | ", ways)} | hidden beside faces: {string.Join(" | ", ways)} |");
        Console.WriteLine($"| --- | --- |{string.Concat(Enumerable.Repeat(" --- |", 2 * ways.Length))}");
        foreach (var name in BlindCases.Names)
        {
            var row = measures[name];
            Console.WriteLine($"| {name} | {row[0].Faces} | {string.Join(" | ", row.Select(m => m.Missed))} | {string.Join(" | ", row.Select(m => m.Hidden))} |");
        }

        Console.WriteLine();
    }

    private static AnnotatedPicture Open(SightPicture picture, FramePool pool) => new(
        picture.Name, picture.Open(pool), [.. picture.Faces.Select(f => new BoxF(f.X - f.Width / 2, f.Y - f.Height / 2, f.X + f.Width / 2, f.Y + f.Height / 2))]);
}
