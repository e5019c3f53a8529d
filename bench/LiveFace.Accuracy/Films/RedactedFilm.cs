using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Rendering;
using LiveFace.Films.Review;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Policy;

namespace LiveFace.Accuracy.Films;

/// <summary>A film with known faces as it is written, by its box file, without a codec between.</summary>
internal sealed class RedactedFilm(IFilm film, FilmRecord record, ReviewedTracks tracks) : IFilm
{
    public ValueTask<FilmFacts> DescribeAsync(CancellationToken cancel) => film.DescribeAsync(cancel);

    public async ValueTask<IFilmPictures> OpenAsync(FramePool pool, FilmPart part, CancellationToken cancel) =>
        new Pictures(await film.OpenAsync(pool, part, cancel), record, new PictureRenderer(record.Head, tracks, PolicyPresets.BlurFaces, pool));

    private sealed class Pictures(IFilmPictures painted, FilmRecord record, PictureRenderer renderer) : IFilmPictures
    {
        private int _next;

        public async ValueTask<VideoFrame?> NextAsync(CancellationToken cancel) =>
            await painted.NextAsync(cancel) is { } frame ? renderer.Redact(frame, record.Pictures[_next++]).Picture : null;

        public async ValueTask DisposeAsync()
        {
            renderer.Dispose();
            await painted.DisposeAsync();
        }
    }
}
