using LiveFace.Media.Codecs;
using LiveFace.Media.Frames;
using LiveFace.Redaction;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.WebRtc;

namespace LiveFace.Tests.Rooms;

/// <summary>What a publisher would send: a scene encoded by the real codec, with its luma kept to compare with.</summary>
internal sealed class EncodedClip
{
    private readonly List<(byte[] Payload, bool IsKeyFrame, byte[] Luma)> _frames = [];

    public EncodedClip(PortraitScene scene, int frames, VideoCodec codec = VideoCodec.Vp8, int firstFrame = 0, QuarterTurns turned = QuarterTurns.None)
    {
        Scene = scene;
        Codec = codec switch { VideoCodec.Vp8 => RtcCodec.Vp8, VideoCodec.Vp9 => RtcCodec.Vp9, _ => RtcCodec.H264 };
        FirstFrame = firstFrame;
        using var pool = new FramePool();
        using var encoder = VideoCodecs.CreateEncoder(codec, new EncoderSettings { BitsPerSecond = 3_000_000 });
        using var openly = new OpenRedaction(pool);
        for (var i = 0; i < frames; i++)
        {
            using var upright = scene.Draw(pool, firstFrame + i);
            var (width, height) = FrameRotation.SizeAfter(upright.Width, upright.Height, turned);
            using var picture = pool.Rent(width, height);
            FrameRotation.Rotate(upright, turned, picture);
            var payload = encoder.Encode(openly.Redact(picture), false, out var isKeyFrame).ToArray();
            _frames.Add((payload, isKeyFrame, LumaOf(upright)));
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

    /// <summary>A policy that openly hides nothing: how a test gets a picture into an encoder.</summary>
    private sealed class OpenRedaction(FramePool pool) : IDisposable
    {
        private static readonly PolicySnapshot Nothing = PolicySnapshot.Create(1, new RedactionPolicy { NothingHidden = true });
        private readonly Redactor _redactor = new(pool);
        private readonly VisionState _vision = new();
        private readonly FrameTracks _tracks = new();

        public RedactedFrame Redact(VideoFrame frame)
        {
            _tracks.Set(_vision.Rules.Arrived(TimeSpan.FromSeconds(1), frame.Width, frame.Height, 0, cut: false), []);
            return _redactor.Redact(frame, Nothing, _vision, _tracks);
        }

        public void Dispose() => _redactor.Dispose();
    }
}
