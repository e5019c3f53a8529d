using LiveFace.Features.Jobs.State;
using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Review;
using LiveFace.Films.Stills;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;

namespace LiveFace.Features.Jobs.Work;

/// <summary>Finds what a report shows of a film: the tracks that are least certain, with what is round them, redacted as the film is.</summary>
internal sealed class DoubtPictures(IFilm film, JobFolder files, RedactionPolicy policy)
{
    private const int Most = 8;
    private const int Width = 240;

    /// <summary>So many times as large as the box is what is shown round it.</summary>
    private const float Around = 1.5f;

    public async Task<IReadOnlyList<JobDoubt>> TakeAsync(ReviewedTracks reviewed, CancellationToken cancel)
    {
        var index = PictureIndex.Read(files.Boxes, files.Vault);
        var stills = new FilmStills(film, index);
        var doubts = new List<JobDoubt>();
        // A track that is kept would be shown as it is.
        foreach (var track in reviewed.Hidden.Where(track => track.Boxes.Length > 0).OrderByDescending(track => track.Doubt).ThenBy(track => track.Id).Take(Most))
        {
            var picture = (track.First + track.Last) / 2;
            var jpeg = await stills.ReadAsync(picture, policy, reviewed, Round(track[picture].Box), Width, cancel);
            doubts.Add(new JobDoubt(
                track.Id, index.Head.Models[track.Model].Labels[track.Class], Math.Round(track.Score, 3), Math.Round(track.Doubt, 3),
                track.First, track.Last, picture, Math.Round(index.At(picture).TotalSeconds, 3), jpeg));
        }

        return doubts;
    }

    private static BoxF Round(BoxF box) => box.Grow(Around);
}
