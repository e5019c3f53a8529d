namespace LiveFace.Reidentify;

/// <summary>
/// Turning, scaling and moving: x' = a·x − b·y + tx, y' = b·x + a·y + ty. It leads from the pixels of an aligned crop
/// to those of the picture.
/// </summary>
public readonly record struct Similarity(float A, float B, float Tx, float Ty)
{
    /// <summary>The similarity that brings one set of points closest to another, by least squares.</summary>
    public static Similarity Between(ReadOnlySpan<float> from, ReadOnlySpan<float> to)
    {
        var points = from.Length / 2;
        float fx = 0, fy = 0, gx = 0, gy = 0;
        for (var i = 0; i < points; i++)
        {
            fx += from[2 * i] / points;
            fy += from[2 * i + 1] / points;
            gx += to[2 * i] / points;
            gy += to[2 * i + 1] / points;
        }

        float dot = 0, cross = 0, square = 0;
        for (var i = 0; i < points; i++)
        {
            var (px, py) = (from[2 * i] - fx, from[2 * i + 1] - fy);
            var (qx, qy) = (to[2 * i] - gx, to[2 * i + 1] - gy);
            dot += px * qx + py * qy;
            cross += px * qy - py * qx;
            square += px * px + py * py;
        }

        var (a, b) = (dot / square, cross / square);
        return new Similarity(a, b, gx - a * fx + b * fy, gy - b * fx - a * fy);
    }
}
