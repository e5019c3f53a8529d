using LiveFace.Films.Looks;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Pictures;

/// <summary>Tells what is in one picture file, by the looks by which pictures are redacted.</summary>
public static class PictureReading
{
    /// <summary>The most faces of one picture that are read.</summary>
    public const int MostRead = 256;

    /// <summary>
    /// Takes JPEG, PNG or WebP. <paramref name="policy"/> is the one by which a find counts as hidden, under the names that the
    /// models have here. <paramref name="quick"/> is one pass a model. With <paramref name="readers"/> faces are read, the
    /// largest <see cref="MostRead"/>.
    /// </summary>
    /// <exception cref="ImageException">The file is refused; the message says why.</exception>
    /// <exception cref="FileRedactionException">A model could not look at the picture.</exception>
    public static PictureFinds Read(
        ReadOnlySpan<byte> file, RedactionPolicy policy, IReadOnlyList<FileModel> models, bool quick = false,
        ImageLimits? limits = null, DecoderSandbox? sandbox = null, FaceReaders? readers = null, CancellationToken cancel = default)
    {
        using var pool = new FramePool(0);
        using var frame = PictureFile.Read(file, pool, limits, sandbox, out _);
        using var vision = new FileVision(models, pool) { IsQuick = quick };
        var tracks = new FrameTracks();
        vision.See(frame, TimeSpan.Zero, tracks, cancel);
        using var hidden = new HiddenFinds(PolicySnapshot.Create(1, policy), vision.State);
        var finds = new List<PictureFind>();
        foreach (var source in vision.State.Sources)
        {
            if (!source.TryOwn(tracks.Mark, out var found))
                throw new FileRedactionException($"The model for '{source.Source.Model}' could not look at the picture.");
            Add(finds, source, found, hidden, frame, quick);
        }

        if (readers is not null)
            ReadFaces(finds, frame, readers.OpenLane(), cancel);
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
                source.Source.Model, source.LabelOf(item.Class), item.Score, box, hidden.Hides(source.Source.Index, item), item.Landmarks,
                item.Mask < 0 ? null : MaskOutlines.Trace(found.Masks[item.Mask]))
            {
                IsFace = source.FindsFaces,
            });
        }

        finds.Sort(from, finds.Count - from, Comparer<PictureFind>.Create(static (a, b) => b.Score.CompareTo(a.Score)));
    }

    /// <summary>One face after another, so that a crowd takes longer and not more memory.</summary>
    private static void ReadFaces(List<PictureFind> finds, VideoFrame frame, FaceReaderLane lane, CancellationToken cancel)
    {
        foreach (var at in Enumerable.Range(0, finds.Count).Where(i => finds[i].IsFace).OrderByDescending(i => finds[i].Box.Area).Take(MostRead).ToArray())
        {
            cancel.ThrowIfCancellationRequested();
            if (lane.Sample(frame, finds[at].Box, finds[at].Landmarks))
                finds[at] = finds[at] with { Reading = lane.Infer() };
        }
    }
}
