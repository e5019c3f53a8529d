using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Redaction;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Promise;

/// <summary>A clip as a camera sends it.</summary>
internal static class EncodedClip
{
    public const int BitsPerSecond = 2_500_000;

    private static readonly PolicySnapshot Openly = PolicySnapshot.Create(1, new RedactionPolicy { NothingHidden = true });

    public static async Task<List<(byte[] Payload, bool IsKeyFrame)>> OfAsync(OrdinaryClip clip, ClipStage stage)
    {
        using var encoder = VideoCodecs.CreateEncoder(VideoCodec.Vp8, new EncoderSettings { BitsPerSecond = BitsPerSecond });
        using var openly = new Redactor(stage.Pool);
        var encoded = new List<(byte[], bool)>();
        await foreach (var (frame, _) in clip.PlayAsync(stage))
            using (frame)
                Add(encoded, encoder.Encode(openly.Redact(frame, Openly), forceKeyFrame: encoded.Count % OrdinaryClip.FramesPerSecond == 0));
        return encoded;
    }

    private static void Add(List<(byte[], bool)> to, in EncodedPicture picture) => to.Add((picture.Payload.ToArray(), picture.IsKeyFrame));
}
