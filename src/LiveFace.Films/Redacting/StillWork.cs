using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Links;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Films.Rendering;
using LiveFace.Films.Review;
using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Redacting;

/// <summary>
/// All that is done with a picture that is reviewed, from file to file, as <see cref="FilmWork"/> does it with a film: what was found stands in a
/// box file, edits on top, and it is written by both and looked at again.
/// </summary>
public sealed class StillWork(StillFilm picture, FilmVault vault, IReadOnlyList<FileModel> models, RedactionPolicy policy)
{
    /// <summary>Everything in a picture is found by looks alone.</summary>
    private static readonly DetectionOptions Thorough = new() { ThoroughEvery = 1, Workers = 1 };

    /// <summary>The hashes of the models' files, by their ids, for the box file.</summary>
    public IReadOnlyDictionary<string, string> ModelHashes { get; init; } = new Dictionary<string, string>();

    /// <summary>What reads faces where the policy goes by an age; without it everybody is hidden.</summary>
    public IFaceReaders? Readers { get; init; }

    /// <summary>What the box file tells of faces, and what reads it; null tells nothing.</summary>
    public AskedReaders? Attributes { get; init; }

    /// <summary>How often, at most, what a second look finds is covered and the picture written again.</summary>
    public int MostRounds { get; init; } = FilmWork.UsualRounds;

    /// <summary>Whether the picture is handed out although the last look was still sure of something.</summary>
    public bool AllowsFinds { get; init; }

    /// <summary>Looks at the picture and writes its box file, in which each find is a track of one box; what is done of that is not done again.</summary>
    public async Task DetectAsync(string boxes, CancellationToken cancel)
    {
        var part = boxes + ".part";
        try
        {
            if (!File.Exists(boxes))
            {
                await using (var output = vault.Create(part))
                    await new FilmDetection(picture, models, Thorough) { ModelHashes = ModelHashes, Readers = Attributes }.RunAsync(output, cancel);
                File.Move(part, boxes);
            }

            if (!IsLinked(boxes))
                await new FilmLinking { Vault = vault }.RunAsync(boxes, boxes, film: null, cancel);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Its tracks, with the edits of its log. What was drawn by hand stands where it was drawn.</summary>
    public ReviewedTracks Review(string boxes, EditLog edits)
    {
        ArgumentNullException.ThrowIfNull(edits);
        using var reader = BoxFileReader.Open(boxes, vault);
        return edits.ApplyTo(reader.Head.Tracks ?? [], pictures: 1);
    }

    /// <summary>Writes the picture with everything hidden that the policy hides, in its own format, and looks at it until nothing more is found.</summary>
    /// <exception cref="FileRedactionException">No complete look at it is recorded, or the last look was still sure of something.</exception>
    public async Task<(byte[] File, FilmResult Result)> FinishAsync(string boxes, EditLog edits, CancellationToken cancel)
    {
        var result = new FilmResult();
        for (var round = 1; ; round++)
        {
            var reviewed = Review(boxes, edits);
            var (file, rendered) = await RenderAsync(boxes, reviewed, cancel);
            var written = new StillFilm("picture", _ => Task.FromResult(file));
            var finds = RecordedPolicy.Hides(policy)
                ? await new FilmCheck(models, policy, new DetectionOptions { Workers = 1 }) { Vault = vault, Round = round }.RunAsync(boxes, reviewed, written, cancel)
                : new SecondFinds();
            result.Take(round, rendered, finds);
            if (FilmWork.IsClear(finds, round, MostRounds, AllowsFinds))
                return (file, result);
            await new FilmLinking { Vault = vault, Round = round }.AddAsync(boxes, finds.Of, reviewed.LastId + 1, picture, cancel);
        }
    }

    private bool IsLinked(string boxes)
    {
        using var reader = BoxFileReader.Open(boxes, vault);
        return reader.Head.Tracks is not null;
    }

    private async Task<(byte[] File, RenderResult Result)> RenderAsync(string boxes, ReviewedTracks reviewed, CancellationToken cancel)
    {
        using var reader = BoxFileReader.Open(boxes, vault);
        var facts = await picture.DescribeAsync(cancel);
        if (reader.Head.Film.Sha256 != facts.Sha256)
            throw new BoxFileException($"The box file is of another picture than {facts.Name}: their hashes differ.");
        var record = new BoxPicture();
        if (!reader.TryNext(record))
            throw new BoxFileException("The box file has no picture.");
        using var pool = new FramePool(0);
        await using var pictures = await picture.OpenAsync(pool, FilmPart.All, cancel);
        using var frame = await pictures.NextAsync(cancel);
        using var renderer = new PictureRenderer(reader.Head, reviewed, policy, pool, Readers);
        var redacted = renderer.Redact(frame!, record);
        if (renderer.IsUnlooked)
            throw new FileRedactionException("The picture could not be looked at, so nothing was written.");
        return (ImageFile.Encode(redacted, picture.Format), RenderResult.Of(1, 0, renderer.Hidden.Select(track => track.Id).Distinct().Count()));
    }
}
