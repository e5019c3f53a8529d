using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Links;
using LiveFace.Films.Looks;
using LiveFace.Films.Rendering;

namespace LiveFace.Accuracy.Films;

/// <summary>A painted film's box file, in memory.</summary>
internal sealed class FilmRecord(BoxFileHead head, List<BoxPicture> pictures)
{
    public BoxFileHead Head => head;

    public List<BoxPicture> Pictures => pictures;

    public static async Task<FilmRecord> DetectAsync(IFilm film, IReadOnlyList<FileModel> models, DetectionOptions options)
    {
        using var file = new MemoryStream();
        await new FilmDetection(film, models, options).RunAsync(file, CancellationToken.None);
        file.Position = 0;
        using var reader = BoxFileReader.Read(file, "painted");
        var pictures = new List<BoxPicture>();
        for (var next = new BoxPicture(); reader.TryNext(next); next = new BoxPicture())
            pictures.Add(next);
        return new FilmRecord(reader.Head, pictures);
    }

    /// <summary>The same pictures with what a second look found in the place of the first one's finds.</summary>
    public FilmRecord With(SecondFinds finds)
    {
        var others = new List<BoxPicture>();
        foreach (var picture in pictures)
        {
            var other = new BoxPicture();
            other.CopyFrom(picture);
            other.Found.Clear();
            foreach (var find in finds.Of(picture.Index))
                other.Found.Add(find);
            others.Add(other);
        }

        return new FilmRecord(head, others);
    }

    public FilmFinds Finds()
    {
        var finds = new FilmFinds();
        foreach (var picture in pictures)
            finds.Add(picture, head);
        return finds;
    }

    public async Task<IReadOnlyList<BoxTrack>> LinkAsync(IFilm? film, int firstId = 1)
    {
        var finds = Finds();
        var tracks = FilmLinker.Link(finds, null, firstId);
        if (film is not null)
            await new FilmLinking().CarryAsync(film, head, finds, tracks, CancellationToken.None);
        return tracks;
    }
}
