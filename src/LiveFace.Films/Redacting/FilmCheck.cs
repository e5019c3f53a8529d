using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Looks;
using LiveFace.Films.Rendering;
using LiveFace.Films.Review;
using LiveFace.Redaction.Policy;

namespace LiveFace.Films.Redacting;

/// <summary>Decodes a redacted film and looks at each of its pictures as at those of the film before.</summary>
internal sealed class FilmCheck(IReadOnlyList<FileModel> models, RedactionPolicy policy, DetectionOptions options)
{
    public required FilmVault Vault { get; init; }

    public IProgress<FilmProgress>? Progress { get; init; }

    public int Round { get; init; } = 1;

    public async Task<SecondFinds> RunAsync(string boxes, ReviewedTracks reviewed, IFilm written, CancellationToken cancel)
    {
        var looked = boxes + ".looked";
        try
        {
            using var reader = BoxFileReader.Open(boxes, Vault);
            var look = new FilmDetection(written, models, options.Again() with
            {
                Part = FilmPart.All,
                SmallestFace = options.SmallestFace ?? RecordedPolicy.SmallestFace(policy, reader.Head.Film.Width, reader.Head.Film.Height),
            })
            {
                Progress = Progress, Round = Round, Stage = FilmStage.Check,
            };
            await using (var output = Vault.Create(looked))
                await look.RunAsync(output, cancel);
            return Compare(reader, looked, new SecondLook(reader.Head, reviewed, policy));
        }
        finally
        {
            File.Delete(looked);
        }
    }

    /// <summary>Holds what was found against what is hidden, picture by picture.</summary>
    private SecondFinds Compare(BoxFileReader first, string looked, SecondLook look)
    {
        var finds = new SecondFinds();
        using var second = BoxFileReader.Open(looked, Vault);
        var (before, after) = (new BoxPicture(), new BoxPicture());
        while (first.TryNext(before))
        {
            if (!second.TryNext(after))
                throw new FileRedactionException($"The redacted film ends with picture {after.Index}, and the film does not.");
            look.Take(after, before.Index, before.At, finds);
        }

        return finds;
    }
}
