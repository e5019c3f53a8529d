using LiveFace.Films.Boxes;
using LiveFace.Media.Frames;

namespace LiveFace.Films.Detection;

/// <summary>A film whose pictures can be read again and again, each time the same ones.</summary>
public interface IFilm
{
    /// <summary>What it is.</summary>
    ValueTask<FilmFacts> DescribeAsync(CancellationToken cancel);

    /// <summary>
    /// Opens its pictures, oldest first. Those before the part may come too, as many as there happen to be: they tell whether
    /// the part begins with a cut.
    /// </summary>
    ValueTask<IFilmPictures> OpenAsync(FramePool pool, FilmPart part, CancellationToken cancel);

    /// <summary>Gives back what it holds of memory; it is brought there again when the film is asked for again. Nobody reads it meanwhile.</summary>
    void Release()
    {
    }
}

/// <summary>The pictures of a film, one after the other.</summary>
public interface IFilmPictures : IAsyncDisposable
{
    /// <summary>The next picture, whose one reference is the caller's; null when there are no more.</summary>
    ValueTask<VideoFrame?> NextAsync(CancellationToken cancel);
}
