using LiveFace.Media.Frames;
using LiveFace.Redaction;
using LiveFace.Redaction.Policy;

namespace LiveFace.Media.Tests;

/// <summary>How a test gets a picture with nobody in it into an encoder: by the redactor, under a policy that openly hides nothing.</summary>
internal static class Openly
{
    private static readonly PolicySnapshot Nothing = PolicySnapshot.Create(1, new RedactionPolicy { NothingHidden = true });

    public static RedactedFrame Redacted(VideoFrame picture)
    {
        using var pool = new FramePool(0);
        using var redactor = new Redactor(pool);
        return redactor.Redact(picture, Nothing);
    }
}
