using LiveFace.Films.Looks;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Looks;
using LiveFace.Vision.Framing;

namespace LiveFace.Films.Pictures;

/// <summary>The main object of one picture file, in pixels of the upright picture.</summary>
public sealed record PictureFrame(int Width, int Height, MainObject Main);

/// <summary>Finds the main object of one picture file, by one pass of each model.</summary>
public static class PictureFraming
{
    /// <summary>The models that it looks with, by their jobs.</summary>
    public static readonly string[] Models = [PictureEvidence.Net, "faces", "objects"];

    /// <summary>Takes JPEG, PNG or WebP, and a model for each of <see cref="Models"/>.</summary>
    /// <exception cref="ImageException">The file is refused; the message says why.</exception>
    /// <exception cref="FileRedactionException">A model could not look at the picture.</exception>
    public static PictureFrame Find(
        ReadOnlySpan<byte> file, IReadOnlyList<FileModel> models, ImageLimits? limits = null, DecoderSandbox? sandbox = null,
        CancellationToken cancel = default)
    {
        using var pool = new FramePool(0);
        using var frame = PictureFile.Read(file, pool, limits, sandbox, out _);
        return Find(frame, models, pool, cancel);
    }

    /// <summary>The same in a picture that was read.</summary>
    /// <exception cref="FileRedactionException">A model could not look at the picture.</exception>
    public static PictureFrame Find(VideoFrame frame, IReadOnlyList<FileModel> models, FramePool pool, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return new PictureFrame(frame.Width, frame.Height, PictureEvidence.Find(frame, models, pool, cancel).Choose(frame));
    }
}
