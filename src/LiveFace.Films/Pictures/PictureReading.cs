using LiveFace.Films.Looks;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Redaction.Readings;
using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Pictures;

/// <summary>Tells what is in one picture file, by the looks by which pictures are redacted.</summary>
public static class PictureReading
{
    /// <summary>
    /// Takes JPEG, PNG or WebP. <paramref name="policy"/> is the one by which a find counts as hidden, under the names that the
    /// models have here. <paramref name="quick"/> is one pass a model. With <paramref name="readers"/> the largest
    /// <see cref="PictureFaces.MostRead"/> faces are read, for the policy and for what is to be told.
    /// </summary>
    /// <exception cref="ImageException">The file is refused; the message says why.</exception>
    /// <exception cref="FileRedactionException">A model could not look at the picture.</exception>
    public static PictureFinds Read(
        ReadOnlySpan<byte> file, RedactionPolicy policy, IReadOnlyList<FileModel> models, bool quick = false,
        ImageLimits? limits = null, DecoderSandbox? sandbox = null, AskedReaders? readers = null, CancellationToken cancel = default)
    {
        using var pool = new FramePool(0);
        using var frame = PictureFile.Read(file, pool, limits, sandbox, out _);
        using var vision = new FileVision(models, pool) { IsQuick = quick };
        var tracks = new FrameTracks();
        vision.See(frame, TimeSpan.Zero, tracks, cancel);
        var snapshot = PolicySnapshot.Create(1, policy);
        PictureFaces.Read(frame, snapshot, vision.State, tracks, readers?.Readers, cancel);
        using var hidden = new HiddenFinds(snapshot, vision.State, tracks);
        var finds = new List<PictureFind>();
        foreach (var source in vision.State.Sources)
        {
            if (!source.TryOwn(tracks.Mark, out var found))
                throw new FileRedactionException($"The model for '{source.Source.Model}' could not look at the picture.");
            Add(finds, source, found, hidden, frame, quick);
        }

        if (readers is { Tells: not FaceTraits.None } asked)
            ReadFaces(finds, frame, asked.Readers.OpenLane(), asked.Tells, cancel);
        return new PictureFinds(frame.Width, frame.Height, policy.Cover, finds);
    }

    private static void Add(List<PictureFind> finds, SourceFindings source, DetectionList found, HiddenFinds hidden, VideoFrame frame, bool quick)
    {
        var (from, whole) = (finds.Count, new BoxF(0, 0, frame.Width, frame.Height));
        foreach (ref readonly var item in found.Items)
        {
            var box = item.Box.Intersect(whole);
            // One pass listens to the weak as well; what it takes is what a live look takes.
            if (box.Area <= 0 || (quick && item.Score < source.LiveBar(item.Box, whole.Area)))
                continue;
            finds.Add(new PictureFind(
                source.Source.Model, source.LabelOf(item.Class), item.Score, box, hidden.Hides(source.Source.Index, found, item), item.Landmarks,
                item.Mask < 0 ? null : MaskOutlines.Trace(found.Masks[item.Mask]))
            {
                IsFace = source.FindsFaces,
            });
        }

        finds.Sort(from, finds.Count - from, Comparer<PictureFind>.Create(static (a, b) => b.Score.CompareTo(a.Score)));
    }

    /// <summary>One face after another, so that a crowd takes longer and not more memory.</summary>
    private static void ReadFaces(List<PictureFind> finds, VideoFrame frame, IFaceReaderLane lane, FaceTraits traits, CancellationToken cancel)
    {
        foreach (var at in Enumerable.Range(0, finds.Count).Where(i => finds[i].IsFace).OrderByDescending(i => finds[i].Box.Area).Take(PictureFaces.MostRead).ToArray())
        {
            cancel.ThrowIfCancellationRequested();
            if (lane.Sample(frame, finds[at].Box, finds[at].Landmarks))
                finds[at] = finds[at] with { Reading = lane.Infer().Only(traits) };
        }
    }
}
