using System.Diagnostics;
using LiveFace.Accuracy.Sight;
using LiveFace.Films.Detection;
using LiveFace.Films.Looks;
using LiveFace.Films.Redacting;
using LiveFace.Films.Rendering;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;
using LiveFace.Redaction;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Films;

/// <summary>
/// Pictures a second from file to file, all stages included, beside a tool that looks once at each picture as large as it is,
/// hides each box at 1.3 times its size, and does one thing after the other. Both have the same network and all cores; they
/// take turns.
/// </summary>
internal static class FilmPace
{
    private const float PeerScale = 1.3f;
    private const int Pictures = 75;
    private static readonly (int Width, int Height)[] Sizes = [(640, 360), (1280, 720), (1920, 1080)];

    public static async Task PrintAsync(SightOptions options)
    {
        using var stage = await ClipStage.OpenAsync(Models.Root, CancellationToken.None);
        using var model = await SightModel.OpenAsync(options.Models[0]);
        using var peer = await Models.OpenAsync(options.Models[0], Environment.ProcessorCount);
        FileModel[] models = [model.File];
        var folder = Directory.CreateTempSubdirectory("liveface-pace-").FullName;
        try
        {
            Console.WriteLine("| pictures a second | two passes | of them detect, link, render, look again | one detection a picture | ratio |");
            Console.WriteLine("| --- | --- | --- | --- | --- |");
            foreach (var (width, height) in Sizes)
                await PrintAsync(stage, models, peer, folder, width, height, options);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PrintAsync(ClipStage stage, FileModel[] models, OnnxDetector peer, string folder, int width, int height, SightOptions options)
    {
        var input = Path.Combine(folder, $"{height}.mp4");
        await PaintAsync(stage, width, height, input);
        // Two rounds in turns, the quicker of each counts: what else the machine does only ever slows.
        var (ours, theirs, stages) = (double.MaxValue, double.MaxValue, new double[4]);
        for (var round = 0; round < 2; round++)
        {
            theirs = Math.Min(theirs, await PeerAsync(peer, input, Path.Combine(folder, "peer.mp4")));
            var clock = new StageClock();
            var begin = Stopwatch.GetTimestamp();
            await new FilmWork(new FilmFile(input, FfmpegTools.OnPath), models, PolicyPresets.BlurFaces)
            {
                Detection = options.Every is { } every ? new DetectionOptions { ThoroughEvery = every } : new DetectionOptions(),
                Rendering = new RenderOptions { Tools = FfmpegTools.OnPath, Overwrite = true }, Progress = clock, AllowsFinds = true, MostRounds = 1,
            }.RedactAsync(MediaTarget.File(Path.Combine(folder, "ours.mp4")), Path.Combine(folder, "boxes.json"), CancellationToken.None);
            var took = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            if (took < ours)
                (ours, stages) = (took, clock.Seconds);
        }

        Console.WriteLine($"| {width}×{height} | {Pictures / ours:F1} | {string.Join(", ", stages.Select(seconds => $"{Pictures / Math.Max(seconds, 1e-3):F0}"))} | {Pictures / theirs:F1} | {theirs / ours:F2} |");
    }

    private static async Task<double> PeerAsync(OnnxDetector detector, string input, string output)
    {
        var begin = Stopwatch.GetTimestamp();
        var source = MediaSource.File(input);
        var video = (await MediaProbe.ReadAsync(source, FfmpegTools.OnPath)).Video!;
        using var pool = new FramePool();
        using var redactor = new Redactor(pool);
        using var lane = detector.OpenLane(1);
        var size = new InputSize(RoundUp(video.Width, detector.InputStep), RoundUp(video.Height, detector.InputStep));
        var found = new DetectionList();
        await using var reader = await FfmpegReader.OpenAsync(source, pool, new FfmpegReaderSettings { Tools = FfmpegTools.OnPath });
        await using var writer = await FfmpegWriter.OpenAsync(MediaTarget.File(output), new FfmpegWriterSettings { Tools = FfmpegTools.OnPath, Overwrite = true });
        while (await reader.ReadAsync() is { } read)
        {
            using var frame = read;
            found.Clear();
            lane.Reset();
            lane.Sample(frame, new PixelRect(0, 0, frame.Width, frame.Height), size);
            lane.Infer(found);
            var zones = new List<PolicyZone>();
            foreach (ref readonly var item in found.Items)
                if (item.Score >= detector.Thresholds.Score && zones.Count < PolicyLimits.Zones && Zone(item.Box, frame.Width, frame.Height) is { } zone)
                    zones.Add(zone);
            await writer.WriteAsync(redactor.Redact(frame, PolicySnapshot.Create(1, new RedactionPolicy { NothingHidden = true, Zones = zones })));
        }

        await writer.FinishAsync();
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private static PolicyZone? Zone(BoxF box, int width, int height)
    {
        var grown = box.Grow((PeerScale - 1) / 2);
        var (left, top) = (Math.Clamp(grown.Left / width, 0, 1), Math.Clamp(grown.Top / height, 0, 1));
        var (right, bottom) = (Math.Clamp(grown.Right / width, 0, 1), Math.Clamp(grown.Bottom / height, 0, 1));
        return right - left < 0.001f || bottom - top < 0.001f ? null : new PolicyZone
        {
            Shape = ZoneShape.Ellipse, Box = new ZoneBox(left, top, right - left, bottom - top), How = new RuleHow(),
        };
    }

    private static int RoundUp(int side, int step) => step == 0 ? side : (side + step - 1) / step * step;

    private static async Task PaintAsync(ClipStage stage, int width, int height, string file)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg",
        [
            "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", $"{width}x{height}", "-r", "25", "-i", "-",
            "-c:v", "libx264", "-preset", "veryfast", "-crf", "18", file,
        ])
        { UseShellExecute = false, RedirectStandardInput = true })!;
        using var clip = stage.Clip(new ClipScript(7, height / 9f, 0.8f, 4) { Width = width, Height = height, Frames = Pictures, FramesPerSecond = 25 });
        for (var i = 0; i < Pictures; i++)
        {
            using var frame = stage.Pool.Rent(width, height);
            clip.Paint(i, frame);
            var to = ffmpeg.StandardInput.BaseStream;
            for (var y = 0; y < frame.Height; y++)
                to.Write(frame.RowY(y));
            for (var y = 0; y < frame.ChromaHeight; y++)
                to.Write(frame.RowU(y));
            for (var y = 0; y < frame.ChromaHeight; y++)
                to.Write(frame.RowV(y));
        }

        ffmpeg.StandardInput.Close();
        await ffmpeg.WaitForExitAsync();
    }
}
