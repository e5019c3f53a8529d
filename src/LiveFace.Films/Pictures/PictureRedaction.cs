using LiveFace.Films.Looks;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;
using LiveFace.Redaction;
using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Policy;
using LiveFace.Redaction.Readings;

namespace LiveFace.Films.Pictures;

/// <summary>Hides in one picture file what a policy hides. What comes out has no metadata at all.</summary>
public static class PictureRedaction
{
    /// <summary>Takes JPEG, PNG or WebP; gives the same back, or the format that is asked for.</summary>
    /// <exception cref="ImageException">The file is refused; the message says why.</exception>
    /// <exception cref="FileRedactionException">A model could not look at the picture.</exception>
    public static RedactedPicture Redact(
        ReadOnlySpan<byte> file, RedactionPolicy policy, IReadOnlyList<FileModel> models, PictureOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new PictureOptions();
        var marks = options.Marks;
        var floor = marks.Keep.Count > 0 && options.Floor is { } least ? ForOnePicture(least) : null;
        using var pool = new FramePool(0);
        using var frame = PictureFile.Read(file, pool, options.Limits, options.Sandbox, out var info);
        options.Before?.Invoke(frame, cancel);
        var part = options.Part?.Invoke(frame, cancel);
        using var vision = new FileVision(models, pool);
        using var redactor = new Redactor(pool, options.Stickers);
        var tracks = new FrameTracks();
        vision.See(frame, TimeSpan.Zero, tracks, cancel);
        var raised = ForOnePicture(PolicyFloor.Raise(policy, options.Floor));
        PictureFaces.Read(frame, raised, vision.State, tracks, options.Readers, cancel);
        var (redacted, kept) = redactor.RedactPicture(
            frame, raised, floor, vision.State, tracks, marks);
        if (redactor.Decision.Cover is not (CoverReason.None or CoverReason.Asked))
            throw new FileRedactionException("The picture could not be looked at, so nothing was written.");
        var chosen = options.Format ?? info.Format;
        return new RedactedPicture(part is { } box ? PicturePart.Encode(redacted, box, chosen, pool) : ImageFile.Encode(redacted, chosen), chosen, vision.Found, kept);
    }

    private static PolicySnapshot ForOnePicture(RedactionPolicy policy) =>
        PolicySnapshot.Create(1, policy with { Strict = true, LookAheadFrames = 0 });
}
