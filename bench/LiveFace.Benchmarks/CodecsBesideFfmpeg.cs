using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Redaction;
using LiveFace.Redaction.Policy;

namespace LiveFace.Benchmarks;

/// <summary>
/// Encoding and decoding by us and by the ffmpeg tool with the same library and settings, on one thread. What is compared
/// is processor time, because neither side can help it when the machine is busy; the two take turns and the least of
/// each counts.
/// </summary>
internal static class CodecsBesideFfmpeg
{
    private const int Width = 640;
    private const int Height = 480;
    private const int Frames = 150;
    private const int Rounds = 7;
    private const int BitsPerSecond = 1_000_000;
    private static readonly PolicySnapshot Nothing = PolicySnapshot.Create(1, new RedactionPolicy { NothingHidden = true });

    public static int Run()
    {
        var folder = Directory.CreateTempSubdirectory("liveface-bench-");
        try
        {
            var raw = Path.Combine(folder.FullName, "clip.yuv");
            const string wander = "zoompan=z='1.2+0.1*sin(on/20)':x='40+30*sin(on/15)':y='20+20*cos(on/18)':d=150:s=640x480:fps=30,format=yuv420p";
            Ffmpeg("-i", "/usr/lib/python3/dist-packages/skimage/data/astronaut.png", "-vf", wander, "-frames:v", $"{Frames}", "-f", "rawvideo", raw);
            using var pool = new FramePool(1L << 30);
            var pictures = Load(pool, raw);
            Console.WriteLine("| work | ours, ms a frame | ffmpeg, ms a frame | ours / ffmpeg |");
            Console.WriteLine("| --- | --- | --- | --- |");
            foreach (var (codec, encoder, speed) in new[] { (VideoCodec.Vp8, "libvpx", "-7"), (VideoCodec.Vp9, "libvpx-vp9", "8") })
                Compare(codec, encoder, speed, pool, pictures, raw, Path.Combine(folder.FullName, "clip.ivf"));
            pictures.ForEach(p => p.Dispose());
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Compare(VideoCodec codec, string library, string speed, FramePool pool, List<VideoFrame> pictures, string raw, string stream)
    {
        string[] input = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", $"{Width}x{Height}", "-r", "30", "-i", raw];
        string[] encode =
        [
            .. input, "-c:v", library, "-cpu-used", speed, "-deadline", "realtime", "-lag-in-frames", "0", "-error-resilient", "default",
            "-auto-alt-ref", "0", "-b:v", $"{BitsPerSecond}", "-minrate", $"{BitsPerSecond}", "-maxrate", $"{BitsPerSecond}", "-bufsize", $"{BitsPerSecond}",
            "-qmin", "2", "-qmax", "63", "-max-intra-rate", "450", "-static-thresh", "1", "-g", "9999", "-threads", "1",
            .. codec == VideoCodec.Vp9 ? ["-aq-mode", "3", "-row-mt", "0", "-tile-columns", "0", "-frame-parallel", "1"] : Array.Empty<string>(),
            "-f", "ivf", stream,
        ];
        var (ours, theirs, reading) = (double.MaxValue, double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            ours = Math.Min(ours, Encode(codec, pictures));
            theirs = Math.Min(theirs, Ffmpeg(encode));
            // The tool also starts up and reads the file; that is not the encoder's time.
            reading = Math.Min(reading, Ffmpeg([.. input, "-c:v", "copy", "-f", "null", "-"]));
        }

        Print($"{codec} encode", ours, theirs - reading);

        var frames = ReadIvf(stream);
        (ours, theirs, reading) = (double.MaxValue, double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            ours = Math.Min(ours, Decode(codec, pool, frames));
            theirs = Math.Min(theirs, Ffmpeg("-threads", "1", "-c:v", library, "-i", stream, "-f", "null", "-"));
            reading = Math.Min(reading, Ffmpeg("-i", stream, "-c:v", "copy", "-f", "null", "-"));
        }

        Print($"{codec} decode", ours, theirs - reading);
    }

    private static void Print(string work, double ours, double theirs) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {work} | {ours / Frames * 1000:0.00} | {theirs / Frames * 1000:0.00} | {ours / theirs:0.00} |"));

    private static double Encode(VideoCodec codec, List<VideoFrame> pictures)
    {
        using var encoder = VideoCodecs.CreateEncoder(codec, new EncoderSettings { BitsPerSecond = BitsPerSecond, FixedSpeed = 3, Threads = 1 });
        using var redactors = new FramePool(0);
        using var openly = new Redactor(redactors);

        // A drawn picture has nobody in it. What the redactor takes is not the codec's time.
        var redacted = pictures.ConvertAll(picture => openly.Redact(picture, Nothing));
        var before = ProcessorSeconds();
        foreach (var picture in redacted)
            _ = encoder.Encode(picture, false);
        return ProcessorSeconds() - before;
    }

    private static double Decode(VideoCodec codec, FramePool pool, List<byte[]> frames)
    {
        using var decoder = VideoCodecs.CreateDecoder(codec, pool);
        var before = ProcessorSeconds();
        foreach (var frame in frames)
        {
            decoder.Decode(frame, default, out var picture);
            picture?.Dispose();
        }

        return ProcessorSeconds() - before;
    }

    private static double ProcessorSeconds()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>Runs the tool and gives the processor time that it says it took, in its own code and the system's.</summary>
    private static double Ffmpeg(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-hide_banner", "-nostats", "-benchmark", "-y", "-nostdin", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        var times = Regex.Match(said, @"bench: utime=(?<user>[0-9.]+)s stime=(?<system>[0-9.]+)s", RegexOptions.NonBacktracking);
        if (process.ExitCode != 0 || !times.Success)
            throw new InvalidOperationException($"ffmpeg ended with exit code {process.ExitCode}: {said}");
        return double.Parse(times.Groups["user"].ValueSpan, CultureInfo.InvariantCulture) + double.Parse(times.Groups["system"].ValueSpan, CultureInfo.InvariantCulture);
    }

    private static List<VideoFrame> Load(FramePool pool, string raw)
    {
        var pictures = new List<VideoFrame>();
        using var file = File.OpenRead(raw);
        for (var i = 0; i < Frames; i++)
        {
            var frame = pool.Rent(Width, Height);
            for (var y = 0; y < frame.Height; y++)
                file.ReadExactly(frame.RowY(y));
            for (var y = 0; y < frame.ChromaHeight; y++)
                file.ReadExactly(frame.RowU(y));
            for (var y = 0; y < frame.ChromaHeight; y++)
                file.ReadExactly(frame.RowV(y));
            pictures.Add(frame);
        }

        return pictures;
    }

    private static List<byte[]> ReadIvf(string path)
    {
        var file = File.ReadAllBytes(path);
        var frames = new List<byte[]>();
        for (var at = 32; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));
            frames.Add(file.AsSpan(at + 12, length).ToArray());
            at += 12 + length;
        }

        return frames;
    }
}
