using System.Diagnostics;
using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Codecs;

/// <summary>Runs the tools that the codecs are held against, with pictures going in and frames coming out.</summary>
internal static class OtherTools
{
    /// <summary>Runs a tool with <paramref name="input"/> as its standard input and gives its standard output.</summary>
    public static async Task<byte[]> RunAsync(string tool, IEnumerable<string> arguments, byte[] input, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(tool, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output, cancellation);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The tool has ended early; what it said comes with its exit code below.
        }

        await reading;
        await process.WaitForExitAsync(cancellation);
        process.ExitCode.ShouldBe(0, await errors);
        return output.ToArray();
    }

    /// <summary>A view that wanders over the portrait: fine structure, soft areas, a face, and motion.</summary>
    public static async Task<List<VideoFrame>> WanderAsync(FramePool pool, int width, int height, int count, CancellationToken cancellation)
    {
        var filter = $"zoompan=z='1.2+0.1*sin(on/20)':x='40+30*sin(on/15)':y='20+20*cos(on/18)':d={count}:s={width}x{height}:fps=30,format=yuv420p";
        var raw = await RunAsync("ffmpeg", ["-v", "error", "-i", Portrait.Path, "-vf", filter, "-frames:v", $"{count}", "-f", "rawvideo", "-"], [], cancellation);
        var frames = new List<VideoFrame>();
        for (var i = 0; i < count; i++)
            frames.Add(FromBytes(pool, width, height, raw.AsSpan(i * raw.Length / count)));
        return frames;
    }

    public static VideoFrame FromBytes(FramePool pool, int width, int height, ReadOnlySpan<byte> bytes)
    {
        var frame = pool.Rent(width, height);
        for (var y = 0; y < height; y++, bytes = bytes[width..])
            bytes[..width].CopyTo(frame.RowY(y));
        for (var y = 0; y < frame.ChromaHeight; y++, bytes = bytes[frame.ChromaWidth..])
            bytes[..frame.ChromaWidth].CopyTo(frame.RowU(y));
        for (var y = 0; y < frame.ChromaHeight; y++, bytes = bytes[frame.ChromaWidth..])
            bytes[..frame.ChromaWidth].CopyTo(frame.RowV(y));
        return frame;
    }

    public static byte[] ToBytes(IEnumerable<VideoFrame> frames)
    {
        using var bytes = new MemoryStream();
        foreach (var frame in frames)
        {
            for (var y = 0; y < frame.Height; y++)
                bytes.Write(frame.RowY(y));
            for (var y = 0; y < frame.ChromaHeight; y++)
                bytes.Write(frame.RowU(y));
            for (var y = 0; y < frame.ChromaHeight; y++)
                bytes.Write(frame.RowV(y));
        }

        return bytes.ToArray();
    }

    /// <summary>The access units of a byte stream, one picture each, told apart by the delimiters in it.</summary>
    public static List<byte[]> SplitAtDelimiters(byte[] stream)
    {
        var units = new List<byte[]>();
        ReadOnlySpan<byte> delimiter = [0, 0, 0, 1, 9];
        var rest = stream.AsSpan();
        while (!rest.IsEmpty)
        {
            var next = rest.Length > 5 ? rest[5..].IndexOf(delimiter) : -1;
            var end = next < 0 ? rest.Length : next + 5;
            units.Add(rest[..end].ToArray());
            rest = rest[end..];
        }

        return units;
    }
}
