using LiveFace.Films.Looks;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Policy;

namespace LiveFace.Films.Pictures;

/// <summary>What became of a picture: the file to hand out, and how many things the models were sure of.</summary>
public sealed record RedactedPicture(byte[] File, ImageFormat Format, int Found);

/// <summary>Hides in one picture file what a policy hides. What comes out has no metadata at all.</summary>
public static class PictureRedaction
{
    /// <summary>Takes JPEG, PNG or WebP; gives the same back, or the format that is asked for.</summary>
    /// <exception cref="ImageException">The file is refused; the message says why.</exception>
    /// <exception cref="FileRedactionException">A model could not look at the picture.</exception>
    public static RedactedPicture Redact(
        ReadOnlySpan<byte> file, RedactionPolicy policy, IReadOnlyList<FileModel> models, ImageFormat? format = null,
        ImageLimits? limits = null, Func<string?, OverlayPicture?>? stickers = null, DecoderSandbox? sandbox = null,
        CancellationToken cancel = default)
    {
        var snapshot = PolicySnapshot.Create(1, policy with { Strict = true, LookAheadFrames = 0 });
        using var pool = new FramePool(0);
        using var frame = PictureFile.Read(file, pool, limits, sandbox, out var info);
        using var vision = new FileVision(models, pool);
        using var redactor = new Redactor(pool, stickers);
        var tracks = new FrameTracks();
        vision.See(frame, TimeSpan.Zero, tracks, cancel);
        var redacted = redactor.Redact(frame, snapshot, vision.State, tracks);
        if (redactor.Decision.Cover is not (CoverReason.None or CoverReason.Asked))
            throw new FileRedactionException("The picture could not be looked at, so nothing was written.");
        var chosen = format ?? info.Format;
        return new RedactedPicture(ImageFile.Encode(redacted, chosen), chosen, vision.Found);
    }
}
