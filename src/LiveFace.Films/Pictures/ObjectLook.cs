using LiveFace.Films.Looks;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Sandbox;
using LiveFace.Vision.Embeddings;
using LiveFace.Vision.Framing;

namespace LiveFace.Films.Pictures;

/// <summary>What the main object of a picture looks like; or why it is not looked at: faces and persons never are.</summary>
public sealed record ObjectLook(float[]? Vector, string? Problem)
{
    // A face that takes so much of an object's crop is part of what it shows, where the model is so sure: it sees many in round things.
    private const float LargestFace = 0.1f, SureFace = 0.9f, SurePerson = 0.4f, LargestPerson = 0.3f;

    private const string Person = "person";

    /// <summary>Takes JPEG, PNG or WebP, and a model for each of <see cref="PictureFraming.Models"/>.</summary>
    /// <exception cref="ImageException">The file is refused; the message says why.</exception>
    /// <exception cref="FileRedactionException">A model could not look at the picture.</exception>
    public static ObjectLook Take(
        ReadOnlySpan<byte> file, IReadOnlyList<FileModel> models, ObjectEmbedder embedder, ImageLimits? limits = null, DecoderSandbox? sandbox = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        using var pool = new FramePool(0);
        using var frame = PictureFile.Read(file, pool, limits, sandbox, out _);
        var evidence = PictureEvidence.Find(frame, models, pool, cancel);
        var main = evidence.Choose(frame);
        var isPerson = main.By == FramedBy.Faces || string.Equals(main.Class, Person, StringComparison.Ordinal)
            || evidence.Faces.Exists(face => face.Score >= SureFace && Part(face.Box, main.Box) >= LargestFace)
            || evidence.Objects.Exists(one => one.Class == Person && one.Item.Score >= SurePerson && Part(one.Item.Box, main.Box) >= LargestPerson);
        return isPerson
            ? new ObjectLook(null, "its main object is a face or a person, and there is no search over these")
            : new ObjectLook(embedder.Embed(frame, main.Box), null);
    }

    /// <summary>How much of a crop a thing takes.</summary>
    private static float Part(BoxF thing, BoxF crop)
    {
        var shared = thing.Intersect(crop);
        return shared.Width > 0 && shared.Height > 0 && crop.Area > 0 ? shared.Area / crop.Area : 0;
    }
}
