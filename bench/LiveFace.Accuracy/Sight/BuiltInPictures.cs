using LiveFace.Media.Frames;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Sight;

/// <summary>
/// The pictures that everybody has: portraits of a registry package at several sizes by day and by night, painted scenes, and
/// photographs of Debian packages without faces.
/// </summary>
internal sealed class BuiltInPictures : IDisposable
{
    private const int ScenesOfAKind = 10;
    private const int CutsOfAPicture = 4;
    private static readonly int[] Widths = [100, 160, 320, 640];

    private readonly FramePool _pool = new();
    private readonly IReadOnlyList<AnnotatedPicture> _portraits;
    private readonly ClipStage _stage;

    private BuiltInPictures(IReadOnlyList<AnnotatedPicture> portraits, ClipStage stage) => (_portraits, _stage) = (portraits, stage);

    public static async Task<BuiltInPictures> OpenAsync()
    {
        var pool = new FramePool();
        return new BuiltInPictures(
            await FacePictures.ReadAsync(Models.Root, pool, CancellationToken.None), await ClipStage.OpenAsync(Models.Root, CancellationToken.None));
    }

    public IEnumerable<SightPicture> All() => Portraits().Concat(Scenes(StillScenes.WithFaces)).Concat(Scenes(StillScenes.WithoutFaces)).Concat(Photographs());

    public void Dispose()
    {
        foreach (var portrait in _portraits)
            portrait.Dispose();
        _stage.Dispose();
        _pool.Dispose();
    }

    /// <summary>Each portrait in a corner of a 640×480 frame.</summary>
    private IEnumerable<SightPicture> Portraits()
    {
        foreach (var portrait in _portraits)
            foreach (var (width, dark) in Widths.SelectMany(w => new[] { (w, false), (w, true) }))
            {
                var scale = (float)width / portrait.Frame.Width;
                var (left, top) = ((640 - width) / 3, (480 - Math.Min(480, (int)(portrait.Frame.Height * scale))) / 2);
                yield return new SightPicture(portrait.Name, dark ? "portraits by night" : "portraits",
                    pool => Place(portrait.Frame, scale, left & ~1, top & ~1, dark, pool),
                    [.. portrait.Faces.Select((f, id) => FacesFile.Oval(new BoxF(
                        f.Left * scale + (left & ~1), f.Top * scale + (top & ~1), f.Right * scale + (left & ~1), f.Bottom * scale + (top & ~1)), id))], []);
            }
    }

    private IEnumerable<SightPicture> Scenes(IReadOnlyList<string> kinds)
    {
        foreach (var kind in kinds)
            for (var seed = 0; seed < ScenesOfAKind; seed++)
            {
                var number = seed;
                using var pool = new FramePool();
                var scenes = new StillScenes(_stage.Heads, pool);
                var painted = scenes.Paint(kind, number);
                painted.Frame.Dispose();
                yield return new SightPicture($"{kind} {number}", kind,
                    into => new StillScenes(_stage.Heads, into).Paint(kind, number).Frame, painted.Faces, []);
            }
    }

    private static IEnumerable<SightPicture> Photographs()
    {
        foreach (var path in FacelessPictures.Usual.Concat(FacelessPictures.Wallpapers.Where(File.Exists)))
            for (var cut = 0; cut < CutsOfAPicture; cut++)
            {
                var number = cut;
                yield return new SightPicture($"{path} {number}", "photographs", pool => FacelessPictures.Cut(path, number, pool), [], []);
            }
    }

    private static VideoFrame Place(VideoFrame picture, float scale, int left, int top, bool dark, FramePool pool)
    {
        var frame = pool.Rent(640, 480);
        FrameCopy.Fill(frame, 110, 128, 128);
        using var scaled = pool.Rent(Math.Max(2, (int)(picture.Width * scale)), Math.Max(2, (int)(picture.Height * scale)));
        new FrameScaler().Scale(picture, scaled);
        for (var y = 0; y < Math.Min(scaled.Height, 480 - top); y++)
            scaled.RowY(y)[..Math.Min(scaled.Width, 640 - left)].CopyTo(frame.RowY(top + y)[left..]);
        for (var y = 0; y < Math.Min(scaled.ChromaHeight, 240 - top / 2); y++)
        {
            scaled.RowU(y)[..Math.Min(scaled.ChromaWidth, 320 - left / 2)].CopyTo(frame.RowU(top / 2 + y)[(left / 2)..]);
            scaled.RowV(y)[..Math.Min(scaled.ChromaWidth, 320 - left / 2)].CopyTo(frame.RowV(top / 2 + y)[(left / 2)..]);
        }

        if (dark)
            Brush.Darken(frame, 0.35f, 16, new Random(1));
        return frame;
    }
}
