using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Redaction;
using LiveFace.Redaction.Policy;

namespace LiveFace.Benchmarks.FrameCost;

/// <summary>A wandering portrait with a camera's grain, without which no encoder has use for its bitrate, as a camera sends it.</summary>
internal static class CameraClip
{
    private const int BitsPerSecond = 1_500_000;
    private const int Rounds = 4;
    private const int Grain = 12;
    private const int Shift = 64;

    // A drawn scene has nobody's face to hide from anybody.
    private static readonly PolicySnapshot Nothing = PolicySnapshot.Create(1, new RedactionPolicy { NothingHidden = true });

    public static List<(byte[] Payload, bool IsKeyFrame)> Make()
    {
        var scene = new PortraitScene();
        using var pool = new FramePool();
        using var encoder = VideoCodecs.CreateEncoder(VideoCodec.Vp8, new EncoderSettings { BitsPerSecond = BitsPerSecond, FixedSpeed = 2 });
        using var openly = new Redactor(pool);
        var noise = MakeNoise(scene.Width + Shift, scene.Height + Shift);
        var clip = new List<(byte[], bool)>();
        for (var i = 0; i < Rounds * PortraitScene.Period; i++)
        {
            using var picture = scene.Draw(pool, i);
            AddGrain(picture, noise, i * 29 % Shift, i * 47 % Shift);
            var encoded = encoder.Encode(openly.Redact(picture, Nothing), forceKeyFrame: false);
            clip.Add((encoded.Payload.ToArray(), encoded.IsKeyFrame));
        }

        return clip;
    }

    private static sbyte[] MakeNoise(int width, int height)
    {
        var noise = new sbyte[width * height];
        var seed = 1u;
        foreach (ref var grain in noise.AsSpan())
        {
            seed = unchecked(seed * 1664525 + 1013904223);
            grain = (sbyte)((int)(seed >> 24) * (2 * Grain + 1) / 256 - Grain);
        }

        return noise;
    }

    private static void AddGrain(VideoFrame picture, sbyte[] noise, int left, int top)
    {
        for (var y = 0; y < picture.Height; y++)
        {
            var row = picture.RowY(y);
            var grain = noise.AsSpan((y + top) * (picture.Width + Shift) + left, row.Length);
            for (var x = 0; x < row.Length; x++)
                row[x] = (byte)Math.Clamp(row[x] + grain[x], 0, 255);
        }
    }
}
