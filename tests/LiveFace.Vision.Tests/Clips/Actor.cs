using LiveFace.Media.Frames;

namespace LiveFace.Vision.Tests.Clips;

/// <summary>One head of a clip: its way through the picture, and the bar that passes in front of it.</summary>
internal sealed class Actor
{
    private readonly int _id;
    private readonly HeadSprite _head;
    private readonly float _homeX;
    private readonly float _homeY;
    private readonly float _rangeX;
    private readonly float _rangeY;
    private readonly float _phase;
    private readonly float _direction;

    private Actor(int id, HeadSprite head, float homeX, float homeY, float rangeX, float rangeY, float phase, float direction)
    {
        _id = id;
        _head = head;
        _homeX = homeX;
        _homeY = homeY;
        _rangeX = rangeX;
        _rangeY = rangeY;
        _phase = phase;
        _direction = direction;
    }

    /// <summary>Gives each head a field of its own, so that heads do not hide each other.</summary>
    public static Actor Cast(int id, ClipScript script, IReadOnlyList<HeadSprite> heads, Random random)
    {
        var across = script.Faces <= 3 ? 1 : 2;
        var down = (script.Faces + across - 1) / across;
        var fieldWidth = (float)script.Width / across;
        var fieldHeight = (float)script.Height / down;
        var head = heads[(script.Seed * 7 + id * 5) % heads.Count];
        var reach = script.FaceHeight * (1 + script.Zoom);
        return new Actor(id, head,
            (id % across + 0.5f) * fieldWidth, (id / across + 0.5f) * fieldHeight,
            Math.Max(2, fieldWidth / 2 - reach * 0.8f), Math.Max(2, fieldHeight / 2 - reach * 0.8f),
            random.NextSingle(), random.Next(2) == 0 ? 1 : -1);
    }

    public FaceTruth Truth(float t, ClipScript script)
    {
        var (x, y, height, turn) = Pose(t, script);
        var width = height * _head.Aspect;
        var inside = x - width / 2 > -0.15f * width && x + width / 2 < script.Width + 0.15f * width
            && y - height / 2 > -0.15f * height && y + height / 2 < script.Height + 0.15f * height;
        var hidden = 0f;
        if (script.Occluders)
        {
            var (left, right) = Bar(t, script);
            hidden = Math.Clamp((MathF.Min(right, x + width / 2) - MathF.Max(left, x - width / 2)) / width, 0, 1);
        }

        return new FaceTruth(_id, x, y, width, height, turn, inside && hidden < 0.5f);
    }

    public void Paint(VideoFrame frame, float t, ClipScript script)
    {
        var (x, y, height, turn) = Pose(t, script);
        var (nextX, nextY, _, _) = Pose(t + script.Shutter / (float)script.FramesPerSecond, script);
        var smearX = nextX - x;
        var smearY = nextY - y;
        var taps = Math.Clamp((int)MathF.Ceiling(MathF.Sqrt(smearX * smearX + smearY * smearY) / 2), 1, 5);
        var level = HeadSprite.LevelFor(height);
        var reach = _head.Reach * height + 3;
        var (sin, cos) = MathF.SinCos(turn);
        for (var py = Math.Max(0, (int)(y - reach)); py < Math.Min(frame.Height, (int)(y + reach)); py++)
        {
            var row = frame.RowY(py);
            for (var px = Math.Max(0, (int)(x - reach)); px < Math.Min(frame.Width, (int)(x + reach)); px++)
            {
                float sum = 0, cover = 0;
                for (var tap = 0; tap < taps; tap++)
                {
                    var (u, v) = ToHead(px, py, tap);
                    var opacity = _head.Opacity(u, v);
                    if (opacity <= 0)
                        continue;
                    cover += opacity;
                    sum += opacity * _head.Luma(level, u, v);
                }

                row[px] = (byte)((sum + (taps - cover) * row[px]) / taps);
            }
        }

        for (var py = Math.Max(0, (int)(y - reach) / 2); py < Math.Min(frame.ChromaHeight, (int)(y + reach) / 2); py++)
        {
            var rowU = frame.RowU(py);
            var rowV = frame.RowV(py);
            for (var px = Math.Max(0, (int)(x - reach) / 2); px < Math.Min(frame.ChromaWidth, (int)(x + reach) / 2); px++)
            {
                var (u, v) = ToHead(2 * px + 0.5f, 2 * py + 0.5f, 0);
                var opacity = _head.Opacity(u, v);
                if (opacity <= 0)
                    continue;
                var (blue, red) = _head.Chroma(level, u, v);
                rowU[px] = (byte)(rowU[px] + opacity * (blue - rowU[px]));
                rowV[px] = (byte)(rowV[px] + opacity * (red - rowV[px]));
            }
        }

        (float U, float V) ToHead(float px, float py, int tap)
        {
            var dx = (px - x - smearX * tap / taps) / height;
            var dy = (py - y - smearY * tap / taps) / height;
            return (cos * dx + sin * dy, cos * dy - sin * dx);
        }
    }

    public void PaintOccluder(VideoFrame frame, float t, ClipScript script)
    {
        if (!script.Occluders)
            return;
        var (x, y, height, _) = Pose(t, script);
        var (left, right) = Bar(t, script);
        if (right < x - 2 * height || left > x + 2 * height)
            return;
        for (var py = Math.Max(0, (int)(y - height)); py < Math.Min(frame.Height, (int)(y + height)); py++)
            for (var px = Math.Max(0, (int)left); px < Math.Min(frame.Width, (int)right); px++)
                frame.RowY(py)[px] = (byte)(60 + (px * 7 + py * 3) % 23);
    }

    private (float X, float Y, float Height, float Turn) Pose(float t, ClipScript script)
    {
        var way = script.Speed * script.FaceHeight * t;
        var x = _homeX + _direction * Wave.Triangle(way * 0.93f + _phase * 4 * _rangeX, _rangeX);
        var y = _homeY + Wave.Triangle(way * 0.37f + _phase * 3 * _rangeY, _rangeY);
        // The camera's turning carries everybody along.
        x -= Wave.Triangle(script.Pan * t, 0.5f * _rangeX);
        var zoom = 1 + script.Zoom * MathF.Sin(2 * MathF.PI * (0.4f * t + _phase));
        var turn = script.Roll * MathF.PI / 180 * MathF.Sin(2 * MathF.PI * (0.5f * t + 2 * _phase));
        return (x, y, script.FaceHeight * zoom, turn);
    }

    /// <summary>A bar of a third of a face's width that crosses the face about every two seconds.</summary>
    private (float Left, float Right) Bar(float t, ClipScript script)
    {
        var (x, _, height, _) = Pose(t, script);
        var middle = x + ((t * 0.5f + _phase) % 1 - 0.5f) * 8 * height;
        var half = height * 0.13f;
        return (middle - half, middle + half);
    }
}
