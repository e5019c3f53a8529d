using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Redaction;
using LiveFace.Redaction.Policy;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Tests;

/// <summary>What a publisher would send: a scene encoded by the real codec, with its luma kept to compare with.</summary>
internal sealed class EncodedClip
{
    // A policy that openly hides nothing: how a test gets a picture into an encoder.
    private static readonly PolicySnapshot Nothing = PolicySnapshot.Create(1, new RedactionPolicy { NothingHidden = true });

    private readonly List<(byte[] Payload, bool IsKeyFrame, byte[] Luma)> _frames = [];

    public EncodedClip(PortraitScene scene, int frames, VideoCodec codec = VideoCodec.Vp8, int firstFrame = 0, QuarterTurns turned = QuarterTurns.None)
    {
        Scene = scene;
        Codec = codec switch { VideoCodec.Vp8 => RtcCodec.Vp8, VideoCodec.Vp9 => RtcCodec.Vp9, _ => RtcCodec.H264 };
        FirstFrame = firstFrame;
        using var pool = new FramePool();
        using var encoder = VideoCodecs.CreateEncoder(codec, new EncoderSettings { BitsPerSecond = 3_000_000 });
        using var openly = new Redactor(pool);
        for (var i = 0; i < frames; i++)
        {
            using var upright = scene.Draw(pool, firstFrame + i);
            var (width, height) = FrameRotation.SizeAfter(upright.Width, upright.Height, turned);
            using var picture = pool.Rent(width, height);
            FrameRotation.Rotate(upright, turned, picture);
            var encoded = encoder.Encode(openly.Redact(picture, Nothing), false);
            _frames.Add((encoded.Payload.ToArray(), encoded.IsKeyFrame, LumaOf(upright)));
        }
    }

    public PortraitScene Scene { get; }

    public RtcCodec Codec { get; }

    public int FirstFrame { get; }

    public int Count => _frames.Count;

    public byte[] Payload(int index) => _frames[index].Payload;

    public bool IsKeyFrame(int index) => _frames[index].IsKeyFrame;

    public byte[] Luma(int index) => _frames[index].Luma;

    public BoxF Face(int index) => Scene.Face(FirstFrame + index);

    public static byte[] LumaOf(VideoFrame frame)
    {
        var luma = new byte[frame.Width * frame.Height];
        for (var y = 0; y < frame.Height; y++)
            frame.RowY(y).CopyTo(luma.AsSpan(y * frame.Width));
        return luma;
    }
}
