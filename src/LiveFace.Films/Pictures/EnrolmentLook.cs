using LiveFace.Films.Looks;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Looks;
using LiveFace.Vision.Identity;

namespace LiveFace.Films.Pictures;

/// <summary>A look at one picture by which somebody is to be known again: who is seen, or why the picture does not do.</summary>
public sealed record EnrolmentLook(FaceEmbedding? Seen, string? Problem)
{
    /// <summary>Takes JPEG, PNG or WebP, and the models for faces. The picture has to show one face, and show it well.</summary>
    /// <exception cref="ImageException">The file is refused; the message says why.</exception>
    /// <exception cref="FileRedactionException">A model could not look at the picture.</exception>
    public static EnrolmentLook Take(
        ReadOnlySpan<byte> file, IReadOnlyList<FileModel> models, FaceIdentifier identifier, ImageLimits? limits = null, DecoderSandbox? sandbox = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        using var pool = new FramePool(0);
        using var frame = PictureFile.Read(file, pool, limits, sandbox, out _);
        if (OneFace(frame, models, pool, cancel, out var problem) is not { } face)
            return new EnrolmentLook(null, problem);
        using var lane = identifier.OpenLane();
        if (!lane.Sample(frame, face) || !lane.Infer())
            return new EnrolmentLook(null, "no face could be made out well enough");
        problem = FaceEnrolment.Problem(lane.ReadQuality(), MathF.Min(face.Width, face.Height));
        return problem is null ? new EnrolmentLook(lane.Seen.Copy(), null) : new EnrolmentLook(null, problem);
    }

    private static BoxF? OneFace(VideoFrame frame, IReadOnlyList<FileModel> models, FramePool pool, CancellationToken cancel, out string? problem)
    {
        using var vision = new FileVision(models, pool) { IsQuick = true };
        var tracks = new FrameTracks();
        vision.See(frame, TimeSpan.Zero, tracks, cancel);
        List<BoxF> faces = [];
        foreach (var source in vision.State.Sources)
        {
            if (!source.TryOwn(tracks.Mark, out var found))
                throw new FileRedactionException($"The model for '{source.Source.Model}' could not look at the picture.");
            foreach (ref readonly var item in found.Items)
                if (source.FindsFaces && item.Score >= source.Source.Strong)
                    faces.Add(item.Box);
        }

        problem = faces.Count switch { 1 => null, 0 => "there is no face", _ => $"there are {faces.Count} faces; one must be alone in the picture" };
        return problem is null ? faces[0] : null;
    }
}
