using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy;

/// <summary>
/// Average precision and recall by face height of each face model and of the scheduler as it works live, on annotated
/// pictures: WIDER FACE by path, or the small set that registry packages give, at several sizes.
/// </summary>
internal static class PictureTable
{
    private const float LeastHeight = 16;
    private const int LiveLooks = 15;

    private static readonly int[] Widths = [100, 130, 160, 240, 320, 480, 640];

    public static async Task PrintAsync(WiderFolder? wider)
    {
        var source = wider is null ? await BuiltInAsync() : Wider(wider);
        using var pool = new FramePool();
        var rows = new List<(string Name, Func<VideoFrame, (BoxF, float)[]> Look, float Strong, Precision Score)>();
        var open = new List<IDisposable>();
        foreach (var entry in Models.All.Models.Where(m => m.Job == Vision.Models.ModelJob.Faces && wider?.Skips(m.Id) != true))
        {
            var detector = await Models.OpenAsync(entry.Id);
            var look = new ExhaustiveLook(detector, pool);
            open.AddRange([detector, look]);
            var licence = entry.IsOn ? "" : $" ({entry.Licence.Weights})";
            rows.Add(($"{entry.Id} {detector.InputSize}{licence}", frame => Whole(detector, detector.InputSize, frame), detector.Thresholds.Score, new(LeastHeight)));
            if (detector.InputStep > 0)
                rows.Add(($"{entry.Id} 320×240", frame => Whole(detector, new InputSize(320, 256), frame), detector.Thresholds.Score, new(LeastHeight)));
            if (entry.IsFirst)
            {
                rows.Add(($"{entry.Id}, live, half a second at 8 ms", frame => Live(detector, frame), detector.Thresholds.Score, new(LeastHeight)));
                rows.Add(($"{entry.Id}, offline", frame => Thorough(look, frame), detector.Thresholds.Score, new(LeastHeight)));
            }
        }

        foreach (var (read, faces, ignored) in source)
        {
            using var frame = read(pool);
            foreach (var row in rows)
                row.Score.Count(row.Look(frame), faces, ignored, 640f / frame.Width, row.Strong);
        }

        Console.WriteLine($"| {rows[0].Score.Faces} faces of {LeastHeight} px and more | average precision | {Precision.Header} |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var row in rows)
            Console.WriteLine($"| {row.Name} | {row.Score.Average():F3} | {row.Score.Recall()} |");
        open.ForEach(one => one.Dispose());
    }

    private static IEnumerable<(Func<FramePool, VideoFrame>, IReadOnlyList<BoxF>, IReadOnlyList<BoxF>)> Wider(WiderFolder wider)
    {
        foreach (var (name, faces, ignored) in WiderFace.Read(wider.Annotations))
            yield return (pool => ImageFile.Decode(File.ReadAllBytes(Path.Combine(wider.Pictures, name)), pool), faces, ignored);
    }

    /// <summary>Each picture in a corner of a 640×480 frame at several sizes, by day and by night.</summary>
    private static async Task<IEnumerable<(Func<FramePool, VideoFrame>, IReadOnlyList<BoxF>, IReadOnlyList<BoxF>)>> BuiltInAsync()
    {
        var own = new FramePool();
        var all = new List<(Func<FramePool, VideoFrame>, IReadOnlyList<BoxF>, IReadOnlyList<BoxF>)>();
        foreach (var picture in await FacePictures.ReadAsync(Models.Root, own, CancellationToken.None))
        {
            foreach (var (width, dark) in Widths.SelectMany(w => new[] { (w, false), (w, true) }))
            {
                var scale = (float)width / picture.Frame.Width;
                var (left, top) = ((640 - width) / 3, (480 - Math.Min(480, (int)(picture.Frame.Height * scale))) / 2);
                all.Add((pool => Place(picture.Frame, scale, left, top, dark, pool), [.. picture.Faces.Select(f => new BoxF(
                    f.Left * scale + left, f.Top * scale + top, f.Right * scale + left, f.Bottom * scale + top))], []));
            }
        }

        return all;
    }

    private static VideoFrame Place(VideoFrame picture, float scale, int left, int top, bool dark, FramePool pool)
    {
        var frame = pool.Rent(640, 480);
        FrameCopy.Fill(frame, 110, 128, 128);
        using var scaled = pool.Rent(Math.Max(2, (int)(picture.Width * scale)), Math.Max(2, (int)(picture.Height * scale)));
        new FrameScaler().Scale(picture, scaled);
        for (var y = 0; y < Math.Min(scaled.Height, 480 - top); y++)
            scaled.RowY(y)[..Math.Min(scaled.Width, 640 - left)].CopyTo(frame.RowY(top + y)[left..]);
        for (var y = 0; y < Math.Min(scaled.ChromaHeight, 240 - top / 2); y++)
        {
            scaled.RowU(y)[..Math.Min(scaled.ChromaWidth, 320 - left / 2)].CopyTo(frame.RowU(top / 2 + y)[(left / 2)..]);
            scaled.RowV(y)[..Math.Min(scaled.ChromaWidth, 320 - left / 2)].CopyTo(frame.RowV(top / 2 + y)[(left / 2)..]);
        }

        if (dark)
            Darken(frame);
        return frame;
    }

    /// <summary>As a cheap camera sees at night: a third of the light, and noise.</summary>
    private static void Darken(VideoFrame frame)
    {
        var random = new Random(1);
        for (var y = 0; y < frame.Height; y++)
            foreach (ref var pixel in frame.RowY(y))
                pixel = (byte)Math.Clamp(16 + (pixel - 16) * 0.35f + 16 * (random.NextSingle() + random.NextSingle() - 1), 0, 255);
        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            foreach (ref var pixel in frame.RowU(y))
                pixel = (byte)(128 + (pixel - 128) * 0.35f);
            foreach (ref var pixel in frame.RowV(y))
                pixel = (byte)(128 + (pixel - 128) * 0.35f);
        }
    }

    private static (BoxF, float)[] Whole(OnnxDetector detector, InputSize size, VideoFrame frame)
    {
        using var lane = detector.OpenLane(1);
        var found = new DetectionList();
        lane.Sample(frame, new PixelRect(0, 0, frame.Width, frame.Height), size);
        lane.Infer(found);
        return Boxes(found);
    }

    private static (BoxF, float)[] Thorough(ExhaustiveLook look, VideoFrame frame)
    {
        var found = new DetectionList(ExhaustiveLook.RoomForAll);
        return look.Look(frame, found) == DetectionVerdict.Seen ? Boxes(found) : [];
    }

    private static (BoxF, float)[] Live(OnnxDetector detector, VideoFrame frame)
    {
        using var pipeline = ClipStage.Pipeline(detector);
        for (var i = 0; i < LiveLooks; i++)
            pipeline.Observe(frame, TimeSpan.FromSeconds(i / 30.0), TimeSpan.FromMilliseconds(8));
        return [.. pipeline.Tracks.ToArray().Select(t => (t.Box, t.Score))];
    }

    private static (BoxF, float)[] Boxes(DetectionList found) => [.. found.Items.ToArray().Select(d => (d.Box, d.Score))];
}
