using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy;

/// <summary>Missed face-frames per 10,000, by size and speed of the faces and by how often the detector looks.</summary>
internal static class ClipTable
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(8);

    private static readonly (int Every, bool Tracked)[] Ways = [(1, false), (3, false), (6, false), (1, true), (3, true), (6, true)];

    public static async Task PrintAsync(string model)
    {
        using var detector = await Models.OpenAsync(model);
        using var stage = await ClipStage.OpenAsync(Models.Root, CancellationToken.None);
        var total = Ways.Select(_ => new MaskMeasure()).ToArray();
        Console.WriteLine("| faces | detections alone, each frame | each 3rd | each 6th | tracked, each frame | each 3rd | each 6th |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var script in Scripts())
        {
            var pipelines = Ways.Select(_ => ClipStage.Pipeline(detector)).ToArray();
            var runs = Ways.Select((way, i) => new ClipRun(pipelines[i], way.Every, way.Tracked, Budget)).ToArray();
            stage.Play(script, runs);
            Console.WriteLine($"| {script} | {string.Join(" | ", runs.Select(run => $"{run.Measure.MissedPer10000:F0}"))} |");
            for (var i = 0; i < runs.Length; i++)
                total[i].Add(runs[i].Measure);
            foreach (var pipeline in pipelines)
                pipeline.Dispose();
        }

        Console.WriteLine($"| all | {string.Join(" | ", total.Select(m => $"{m.MissedPer10000:F0}"))} |");
        Console.WriteLine($"| hidden area per face area | {string.Join(" | ", total.Select(m => $"{m.Excess:F2}"))} |");
        Console.WriteLine();
        Console.WriteLine($"{total[0].Faces} face-frames.");
    }

    public static async Task PaintAsync(float height, float speed, int faces, string file)
    {
        using var stage = await ClipStage.OpenAsync(Models.Root, CancellationToken.None);
        using var clip = stage.Clip(new ClipScript(3, height, speed, faces));
        using var frame = stage.Pool.Rent(clip.Script.Width, clip.Script.Height);
        await using var to = File.Create(file);
        to.Write(System.Text.Encoding.ASCII.GetBytes($"YUV4MPEG2 W{frame.Width} H{frame.Height} F30:1 Ip C420jpeg\n"));
        for (var i = 0; i < clip.Script.Frames; i++)
        {
            clip.Paint(i, frame);
            to.Write("FRAME\n"u8);
            for (var y = 0; y < frame.Height; y++)
                to.Write(frame.RowY(y));
            for (var y = 0; y < frame.ChromaHeight; y++)
                to.Write(frame.RowU(y));
            for (var y = 0; y < frame.ChromaHeight; y++)
                to.Write(frame.RowV(y));
        }
    }

    public static IEnumerable<ClipScript> Scripts()
    {
        var seed = 0;
        foreach (var (height, faces) in new[] { (16f, 8), (24f, 8), (40f, 6), (80f, 4), (160f, 2) })
            foreach (var (speed, pan) in new[] { (0.5f, 0f), (2f, 0f), (5f, 0f), (1f, 120f) })
                yield return new ClipScript(seed++, height, speed, faces, pan);
    }
}
