using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction;
using LiveFace.Redaction.Policy;

namespace LiveFace.Films.Pictures;

/// <summary>
/// The pixels of a picture as they are, as JPEG, upright and without any metadata: by a policy that hides nothing, for whoever
/// gave leave to keep it. Whoever shows it has asked who may see it.
/// </summary>
public sealed record PlainPicture(byte[] Jpeg, int Width, int Height)
{
    private static readonly PolicySnapshot Nothing = PolicySnapshot.Create(1, new RedactionPolicy { NothingHidden = true });

    /// <summary>Takes JPEG, PNG or WebP.</summary>
    /// <exception cref="ImageException">The file is refused; the message says why.</exception>
    public static PlainPicture Read(ReadOnlySpan<byte> file, ImageLimits? limits = null, DecoderSandbox? sandbox = null)
    {
        using var pool = new FramePool(0);
        using var frame = PictureFile.Read(file, pool, limits, sandbox, out _);
        using var redactor = new Redactor(pool);
        return new PlainPicture(ImageFile.Encode(redactor.Redact(frame, Nothing), ImageFormat.Jpeg), frame.Width, frame.Height);
    }
}
