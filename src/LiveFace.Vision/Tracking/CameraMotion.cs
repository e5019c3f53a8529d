namespace LiveFace.Vision.Tracking;

/// <summary>
/// Estimates how the whole picture moved between two frames: a rough shift from a tiny version, then blocks that
/// have texture are followed and a turn, zoom and shift is fitted to those that agree. Says too when the two pictures
/// have nothing in common, that is, when there was a cut.
/// </summary>
internal sealed class CameraMotion
{
    private const int Block = 16;
    private const int Reach = 6;
    private const int MaximumBlocks = 256;
    private const int LeastTexture = 4;
    private const int MinimumAgreeing = 6;
    private const float CutLikeness = 0.5f;

    private readonly Step[] _steps = new Step[MaximumBlocks];
    private readonly float[] _sorted = new float[MaximumBlocks];

    /// <summary>Whether the second picture shows another scene.</summary>
    public bool Cut { get; private set; }

    public CameraShift Estimate(LumaPyramid from, LumaPyramid to, bool cutOnly)
    {
        var coarse = RoughShift(from, to, out var likeness);
        Cut = likeness < CutLikeness;
        if (Cut || cutOnly)
            return CameraShift.None;

        var level = from.LevelOfWidth(200);
        var count = FollowBlocks(from, to, level, coarse);
        return Fit(count, 1 << level);
    }

    private static (float X, float Y) RoughShift(LumaPyramid from, LumaPyramid to, out float likeness)
    {
        var level = from.LevelOfWidth(48);
        var width = from.Width(level);
        var height = from.Height(level);
        var reachX = Math.Min(8, width / 4);
        var reachY = Math.Min(8, height / 4);
        var a = from.Plane(level);
        var b = to.Plane(level);
        likeness = Overlap(a, b, width, height, 0, 0);
        int bestX = 0, bestY = 0;

        // A still picture needs no search.
        if (likeness < 0.98f)
        {
            var least = float.MaxValue;
            for (var y = -reachY; y <= reachY; y++)
            {
                for (var x = -reachX; x <= reachX; x++)
                {
                    var difference = MeanDifference(a, b, width, height, x, y);
                    if (difference < least)
                        (least, bestX, bestY) = (difference, x, y);
                }
            }

            likeness = MathF.Max(likeness, Overlap(a, b, width, height, bestX, bestY));
        }

        float scale = 1 << level;
        return (bestX * scale, bestY * scale);
    }

    private static float MeanDifference(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int width, int height, int x, int y)
    {
        var w = width - Math.Abs(x);
        var h = height - Math.Abs(y);
        var fromA = Math.Max(0, -y) * width + Math.Max(0, -x);
        var fromB = Math.Max(0, y) * width + Math.Max(0, x);
        return Likeness.Difference(a[fromA..], width, b[fromB..], width, w, h, int.MaxValue) / (float)(w * h);
    }

    private static float Overlap(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int width, int height, int x, int y)
    {
        var fromA = Math.Max(0, -y) * width + Math.Max(0, -x);
        var fromB = Math.Max(0, y) * width + Math.Max(0, x);
        return Likeness.Correlation(
            a[fromA..], width, b[fromB..], width, width - Math.Abs(x), height - Math.Abs(y));
    }

    private int FollowBlocks(LumaPyramid from, LumaPyramid to, int level, (float X, float Y) coarse)
    {
        var width = from.Width(level);
        var height = from.Height(level);
        var a = from.Readable(level);
        var b = to.Readable(level);
        Span<byte> memory = stackalloc byte[Patch.BytesOf(Block, Block)];
        float scale = 1 << level;
        var startX = (int)MathF.Round(coarse.X / scale);
        var startY = (int)MathF.Round(coarse.Y / scale);
        var count = 0;
        for (var top = 0; top + Block <= height; top += Block)
            for (var left = 0; left + Block <= width && count < MaximumBlocks; left += Block)
                if (FollowBlock(a, b, width, height, left, top, startX, startY, memory) is { } moved)
                    _steps[count++] = new Step(
                        (left + Block * 0.5f) * scale, (top + Block * 0.5f) * scale, moved.X * scale, moved.Y * scale);
        return count;
    }

    private static (float X, float Y)? FollowBlock(
        ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int width, int height, int left, int top, int startX, int startY,
        Span<byte> memory)
    {
        var lowX = Math.Max(-Reach, -(left + startX));
        var highX = Math.Min(Reach, width - Block - (left + startX));
        var lowY = Math.Max(-Reach, -(top + startY));
        var highY = Math.Min(Reach, height - Block - (top + startY));
        // The best place has to lie inside of the search, with neighbours to each side.
        if (lowX >= 0 || highX <= 0 || lowY >= 0 || highY <= 0)
            return null;
        var block = new Patch(a, top * width + left, width, Block, Block, memory);
        if (block.Texture() < LeastTexture)
            return null;
        var origin = (top + startY) * width + left + startX;
        var best = block.Difference(b, origin, int.MaxValue);
        int bestX = 0, bestY = 0;
        for (var y = lowY; y <= highY; y++)
        {
            for (var x = lowX; x <= highX; x++)
            {
                var difference = block.Difference(b, origin + y * width + x, best);
                if (difference < best)
                    (best, bestX, bestY) = (difference, x, y);
            }
        }

        if (bestX == lowX || bestX == highX || bestY == lowY || bestY == highY)
            return null;
        var place = origin + bestY * width + bestX;
        return (
            startX + bestX + PatchSearch.Between(
                block.Difference(b, place - 1, int.MaxValue), best, block.Difference(b, place + 1, int.MaxValue)),
            startY + bestY + PatchSearch.Between(
                block.Difference(b, place - width, int.MaxValue), best, block.Difference(b, place + width, int.MaxValue)));
    }

    private CameraShift Fit(int count, float scale)
    {
        if (count < MinimumAgreeing)
            return CameraShift.None;
        var shift = new CameraShift(1, 0, Median(count, static s => s.DX), Median(count, static s => s.DY));
        var agreeing = 0;
        for (var round = 0; round < 4; round++)
        {
            var next = LeastSquares(count, shift, scale * (round == 0 ? 4 : 1), out agreeing);
            if (agreeing < MinimumAgreeing)
                return CameraShift.None;
            shift = next;
        }

        // A zoom or turn that strong between two frames is a wrong fit.
        return agreeing * 5 >= count * 2 && shift.Scale is > 0.8f and < 1.25f ? shift : CameraShift.None;
    }

    private float Median(int count, Func<Step, float> of)
    {
        for (var i = 0; i < count; i++)
            _sorted[i] = of(_steps[i]);
        _sorted.AsSpan(0, count).Sort();
        return _sorted[count / 2];
    }

    private CameraShift LeastSquares(int count, CameraShift guess, float tolerance, out int agreeing)
    {
        // Around the mean, turn and zoom fall apart from the shift: a = Σ(p·q)/Σ|p|², b = Σ(p×q)/Σ|p|².
        agreeing = 0;
        double mx = 0, my = 0, nx = 0, ny = 0;
        foreach (ref readonly var s in _steps.AsSpan(0, count))
        {
            if (!Agrees(s, guess, tolerance))
                continue;
            agreeing++;
            mx += s.X;
            my += s.Y;
            nx += s.X + s.DX;
            ny += s.Y + s.DY;
        }

        if (agreeing < MinimumAgreeing)
            return guess;
        mx /= agreeing;
        my /= agreeing;
        nx /= agreeing;
        ny /= agreeing;
        double dot = 0, cross = 0, norm = 0;
        foreach (ref readonly var s in _steps.AsSpan(0, count))
        {
            if (!Agrees(s, guess, tolerance))
                continue;
            double px = s.X - mx, py = s.Y - my, qx = s.X + s.DX - nx, qy = s.Y + s.DY - ny;
            dot += px * qx + py * qy;
            cross += px * qy - py * qx;
            norm += px * px + py * py;
        }

        if (norm < 1)
            return new CameraShift(1, 0, (float)(nx - mx), (float)(ny - my));
        double a = dot / norm, b = cross / norm;
        return new CameraShift((float)a, (float)b, (float)(nx - a * mx + b * my), (float)(ny - b * mx - a * my));
    }

    private static bool Agrees(in Step s, CameraShift shift, float tolerance)
    {
        var (x, y) = shift.Apply(s.X, s.Y);
        return MathF.Abs(x - s.X - s.DX) < tolerance && MathF.Abs(y - s.Y - s.DY) < tolerance;
    }

    private readonly record struct Step(float X, float Y, float DX, float DY);
}
