using LiveFace.Media.Frames;

namespace LiveFace.Vision.Tests.Clips;

/// <summary>
/// A real head cut out of a picture with a soft oval edge, at several sizes, so that it can be painted at any size
/// without jagged edges. Its own coordinates: the face is one high and lies around (0, 0).
/// </summary>
internal sealed class HeadSprite
{
    private const int BaseHeight = 224;
    private const int Levels = 5;

    // How much of the head around the face is taken along, in faces.
    private const float AcrossFaces = 1.05f;
    private const float DownFaces = 1.0f;

    private readonly Level[] _levels = new Level[Levels];
    private readonly float _reachX;
    private readonly float _reachY;

    public HeadSprite(VideoFrame picture, BoxF face, FramePool pool)
    {
        Aspect = face.Width / face.Height;
        _reachX = AcrossFaces * Aspect;
        _reachY = DownFaces;
        var region = new PictureRegion(
            face.CentreX - AcrossFaces * face.Width, face.CentreY - DownFaces * face.Height,
            2 * AcrossFaces * face.Width, 2 * DownFaces * face.Height);
        var scaler = new FrameScaler();
        for (var i = 0; i < Levels; i++)
        {
            var height = (int)(2 * DownFaces * (BaseHeight >> i));
            var width = Math.Max(2, (int)(height * region.Width / region.Height));
            using var scaled = pool.Rent(width, height);
            scaler.Scale(picture, region, scaled);
            _levels[i] = Level.Of(scaled);
        }
    }

    /// <summary>Width of the face over its height.</summary>
    public float Aspect { get; }

    /// <summary>How far the sprite reaches from its middle, in face heights, whatever way it is turned.</summary>
    public float Reach => MathF.Sqrt(_reachX * _reachX + _reachY * _reachY);

    /// <summary>The level that is at least as large as the face is going to be.</summary>
    public static int LevelFor(float faceHeight)
    {
        var level = 0;
        while (level + 1 < Levels && (BaseHeight >> (level + 1)) >= faceHeight)
            level++;
        return level;
    }

    /// <summary>How much of the sprite covers what is behind it at a place.</summary>
    public float Opacity(float x, float y)
    {
        var r = MathF.Sqrt(x * x / (_reachX * _reachX) + y * y / (_reachY * _reachY));
        return Math.Clamp((1 - r) / 0.18f, 0, 1);
    }

    public float Luma(int level, float x, float y) => At(_levels[level].Y, _levels[level], x, y, 1);

    public (float U, float V) Chroma(int level, float x, float y) =>
        (At(_levels[level].U, _levels[level], x, y, 2), At(_levels[level].V, _levels[level], x, y, 2));

    private float At(byte[] plane, Level level, float x, float y, int halving)
    {
        var width = halving == 1 ? level.Width : (level.Width + 1) / 2;
        var height = halving == 1 ? level.Height : (level.Height + 1) / 2;
        return Bilinear.At(plane, width, width, height,
            (x / _reachX + 1) * 0.5f * width - 0.5f, (y / _reachY + 1) * 0.5f * height - 0.5f);
    }

    private sealed record Level(int Width, int Height, byte[] Y, byte[] U, byte[] V)
    {
        public static Level Of(VideoFrame frame)
        {
            var y = new byte[frame.Width * frame.Height];
            for (var row = 0; row < frame.Height; row++)
                frame.RowY(row).CopyTo(y.AsSpan(row * frame.Width));
            var u = new byte[frame.ChromaWidth * frame.ChromaHeight];
            var v = new byte[u.Length];
            for (var row = 0; row < frame.ChromaHeight; row++)
            {
                frame.RowU(row).CopyTo(u.AsSpan(row * frame.ChromaWidth));
                frame.RowV(row).CopyTo(v.AsSpan(row * frame.ChromaWidth));
            }

            return new Level(frame.Width, frame.Height, y, u, v);
        }
    }
}
