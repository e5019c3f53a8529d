using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Rendering;
using LiveFace.Films.Review;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;
using LiveFace.Redaction;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;

namespace LiveFace.Films.Stills;

/// <summary>
/// Single pictures of a film as JPEG, as a policy and a review leave them: by the very renderer that writes the film, so that a
/// picture without its own look is covered here as well. A policy that hides nothing gives them as they are; whoever asks for
/// that has asked who may.
/// </summary>
public sealed class FilmStills(IFilm film, PictureIndex index)
{
    /// <summary>The policy that shows pictures as they are, to those who may review them.</summary>
    public static RedactionPolicy AsTheyAre { get; } = new() { NothingHidden = true };

    // Box files have times in microseconds, rounded: a picture of a thirtieth's grid may lie a little before what is written.
    private static readonly TimeSpan Rounding = TimeSpan.FromMicroseconds(1);

    // Less than the time between two pictures of any film.
    private static readonly TimeSpan Before = TimeSpan.FromMilliseconds(1);

    private static readonly PolicySnapshot Nothing = PolicySnapshot.Create(1, AsTheyAre);

    /// <summary>One picture.</summary>
    /// <param name="picture">Its number.</param>
    /// <param name="policy">What is hidden of it.</param>
    /// <param name="reviewed">The tracks.</param>
    /// <param name="region">The part of it that is given; null is all of it.</param>
    /// <param name="widest">Pixels across at most; null is as many as there are.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="FileRedactionException">The film has no such picture.</exception>
    public async Task<byte[]> ReadAsync(
        int picture, RedactionPolicy policy, ReviewedTracks reviewed, BoxF? region, int? widest, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(picture);
        if (picture >= index.Count)
            throw new FileRedactionException($"There is no picture {picture}; the film has {index.Count}, from 0 on.");
        using var pool = new FramePool();
        using var frame = await FindAsync(picture, pool, cancel);
        using var renderer = new PictureRenderer(index.Head, reviewed, policy, pool);
        var redacted = renderer.Redact(frame, index.Record(picture));
        var part = PartOf(frame, region);
        var (width, height) = Fit(part, widest);
        if (width == frame.Width && height == frame.Height)
            return ImageFile.Encode(redacted, ImageFormat.Jpeg);
        // What was hidden stays so; the policy of the smaller picture has nothing more to hide.
        using var small = pool.Rent(width, height);
        new FrameScaler().Scale(redacted.Picture, part, small);
        using var redactor = new Redactor(pool);
        return ImageFile.Encode(redactor.Redact(small, Nothing), ImageFormat.Jpeg);
    }

    private async Task<VideoFrame> FindAsync(int picture, FramePool pool, CancellationToken cancel)
    {
        var at = index.At(picture);
        await using var pictures = await film.OpenAsync(pool, new FilmPart(at > Before ? at - Before : TimeSpan.Zero, null), cancel);
        var time = TimeSpan.MinValue;
        while (await pictures.NextAsync(cancel) is { } frame)
        {
            time = frame.CaptureTime > time ? frame.CaptureTime : time + TimeSpan.FromMicroseconds(1);
            if (time >= at - Rounding)
                return frame;
            frame.Dispose();
        }

        throw new FileRedactionException($"The film ends before its picture {picture}.");
    }

    private static PictureRegion PartOf(VideoFrame frame, BoxF? region)
    {
        if (region is not { } box)
            return PictureRegion.Of(frame);
        var (left, top) = (Math.Clamp(box.Left, 0, frame.Width - 2), Math.Clamp(box.Top, 0, frame.Height - 2));
        var (right, bottom) = (Math.Clamp(box.Right, left + 2, frame.Width), Math.Clamp(box.Bottom, top + 2, frame.Height));
        return new PictureRegion(left, top, right - left, bottom - top);
    }

    private static (int Width, int Height) Fit(PictureRegion part, int? widest)
    {
        var scale = widest is { } most && part.Width > most ? most / part.Width : 1;
        return (Even(part.Width * scale), Even(part.Height * scale));
    }

    private static int Even(double pixels) => Math.Max(2, (int)Math.Round(pixels / 2) * 2);
}
