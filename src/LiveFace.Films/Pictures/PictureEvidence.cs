using LiveFace.Films.Looks;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Looks;
using LiveFace.Vision.Framing;

namespace LiveFace.Films.Pictures;

/// <summary>What one pass of each model says of a picture's main object.</summary>
/// <param name="Framed">The box of the net that is made for it; null where it was not asked.</param>
/// <param name="Faces">The faces that a model is sure of.</param>
/// <param name="Objects">The objects, each with its class.</param>
internal sealed record PictureEvidence(DetectedObject? Framed, List<DetectedObject> Faces, List<(DetectedObject Item, string Class)> Objects)
{
    /// <summary>The job of the net.</summary>
    public const string Net = "framing";

    /// <exception cref="FileRedactionException">A model could not look at the picture.</exception>
    public static PictureEvidence Find(VideoFrame frame, IReadOnlyList<FileModel> models, FramePool pool, CancellationToken cancel)
    {
        using var vision = new FileVision(models, pool) { IsQuick = true };
        var tracks = new FrameTracks();
        vision.See(frame, TimeSpan.Zero, tracks, cancel);
        var evidence = new PictureEvidence(null, [], []);
        foreach (var source in vision.State.Sources)
        {
            if (!source.TryOwn(tracks.Mark, out var found))
                throw new FileRedactionException($"The model for '{source.Source.Model}' could not look at the picture.");
            foreach (ref readonly var item in found.Items)
                if (source.Source.Model == Net)
                    evidence = evidence with { Framed = item };
                else if (!source.FindsFaces)
                    evidence.Objects.Add((item, source.LabelOf(item.Class)));
                else if (item.Score >= source.Source.Strong)
                    evidence.Faces.Add(item);
        }

        return evidence;
    }

    /// <summary>The main object.</summary>
    public MainObject Choose(VideoFrame frame) => MainObject.Choose(frame, Framed, Faces, Objects);
}
