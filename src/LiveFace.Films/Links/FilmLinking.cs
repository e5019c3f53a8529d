using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Media.Frames;

namespace LiveFace.Films.Links;

/// <summary>Links what a box file says was found, and writes it again with its tracks.</summary>
public sealed class FilmLinking(LinkOptions? options = null)
{
    private readonly LinkOptions _options = options ?? new LinkOptions();

    /// <summary>Told after each picture.</summary>
    public IProgress<FilmProgress>? Progress { get; init; }

    /// <summary>How the box file lies on the disk.</summary>
    public FilmVault Vault { get; init; } = FilmVault.Plain;

    /// <summary>Which time the film is linked, for progress.</summary>
    public int Round { get; init; } = 1;

    /// <summary>
    /// Reads one box file and writes the other. With the film, tracks are followed through its pictures as well; without, they
    /// end where they were last found.
    /// </summary>
    /// <exception cref="BoxFileException">The box file is none, or the film is another one.</exception>
    public async Task<IReadOnlyList<BoxTrack>> RunAsync(string boxes, string output, IFilm? film, CancellationToken cancel)
    {
        BoxFileHead head;
        FilmFinds finds;
        using (var reader = BoxFileReader.Open(boxes, Vault))
        {
            head = reader.Head;
            finds = FilmFinds.Read(reader);
        }

        var tracks = FilmLinker.Link(finds, _options);
        if (film is not null && tracks.Count > 0)
            await CarryAsync(film, head, finds, tracks, cancel);
        BoxFileCopy.Write(boxes, output, head with { Tracks = tracks }, Vault);
        return tracks;
    }

    /// <summary>Follows tracks through the pictures of their film.</summary>
    internal async Task CarryAsync(IFilm film, BoxFileHead head, FilmFinds finds, IReadOnlyList<BoxTrack> tracks, CancellationToken cancel)
    {
        using var pool = new FramePool();
        var carrier = new TrackCarrier(finds, tracks, _options);
        await using var pictures = await film.OpenAsync(pool, head.Film.Part, cancel);
        var (index, time) = (0, TimeSpan.MinValue);
        while (index < finds.Pictures && await pictures.NextAsync(cancel) is { } read)
        {
            using var frame = read;
            time = frame.CaptureTime > time ? frame.CaptureTime : time + TimeSpan.FromMicroseconds(1);
            if (!head.Film.Part.Contains(time))
                continue;
            if (frame.Width != head.Film.Width || frame.Height != head.Film.Height)
                throw new BoxFileException($"The box file is of pictures of {head.Film.Width}×{head.Film.Height}, and the film has {frame.Width}×{frame.Height}.");
            carrier.Take(frame);
            index++;
            Progress?.Report(new FilmProgress(FilmStage.Link, Round, index, finds.Pictures, tracks.Count));
        }

        if (index < finds.Pictures)
            throw new BoxFileException($"The box file is of {finds.Pictures} pictures, and the film has {index}.");
    }

    /// <summary>
    /// Adds what was found later, by picture, to a box file that is linked already: the finds, and tracks of their own, so that
    /// the numbers of the others stay what reviewers know.
    /// </summary>
    public async Task AddAsync(string boxes, Func<int, IReadOnlyList<BoxFind>> more, int firstId, IFilm film, CancellationToken cancel)
    {
        BoxFileHead head;
        var finds = new FilmFinds();
        using (var reader = BoxFileReader.Open(boxes, Vault))
        {
            head = reader.Head;
            var (picture, alone) = (new BoxPicture(), new BoxPicture());
            while (reader.TryNext(picture))
            {
                alone.CopyFrom(picture);
                alone.Found.Clear();
                foreach (var find in more(picture.Index))
                    alone.Found.Add(find);
                finds.Add(alone, head);
            }
        }

        var tracks = FilmLinker.Link(finds, _options, firstId);
        await CarryAsync(film, head, finds, tracks, cancel);
        BoxFileCopy.Write(boxes, boxes, head with { Tracks = [.. head.Tracks ?? [], .. tracks] }, Vault, more);
    }
}
