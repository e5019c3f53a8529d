namespace LiveFace.Vision.Identity;

/// <summary>
/// Turning, scaling and moving that leads from the crop which embedding models are taught on to a picture:
/// x' = a·x − b·y + tx, y' = b·x + a·y + ty.
/// </summary>
/// <param name="A">Cosine part.</param>
/// <param name="B">Sine part.</param>
/// <param name="Tx">Where the crop's first column lies.</param>
/// <param name="Ty">Where the crop's first row lies.</param>
/// <param name="Error">Mean distance of the points from where they would have to lie, in pixels of the crop.</param>
internal readonly record struct FaceFit(float A, float B, float Tx, float Ty, float Error)
{
    /// <summary>Columns and rows of the crop.</summary>
    public const int Side = 112;

    private const int Points = 5;

    /// <summary>Where the middles of the eyes, the nose and the corners of the mouth lie in a crop of 112 by 112, as ArcFace has it.</summary>
    private static ReadOnlySpan<float> Template =>
        [38.2946f, 51.6963f, 73.5318f, 51.5014f, 56.0252f, 71.7366f, 41.5493f, 92.3655f, 70.7299f, 92.2041f];

    /// <summary>The fit that brings the template closest to five points, by least squares.</summary>
    public static FaceFit To(ReadOnlySpan<float> found)
    {
        float fx = 0, fy = 0, gx = 0, gy = 0;
        for (var i = 0; i < Points; i++)
        {
            fx += Template[2 * i] / Points;
            fy += Template[2 * i + 1] / Points;
            gx += found[2 * i] / Points;
            gy += found[2 * i + 1] / Points;
        }

        float dot = 0, cross = 0, square = 0;
        for (var i = 0; i < Points; i++)
        {
            var (px, py) = (Template[2 * i] - fx, Template[2 * i + 1] - fy);
            var (qx, qy) = (found[2 * i] - gx, found[2 * i + 1] - gy);
            dot += px * qx + py * qy;
            cross += px * qy - py * qx;
            square += px * px + py * py;
        }

        var (a, b) = (dot / square, cross / square);
        var fit = new FaceFit(a, b, gx - a * fx + b * fy, gy - b * fx - a * fy, 0);
        var error = 0f;
        for (var i = 0; i < Points; i++)
        {
            var (x, y) = fit.At(Template[2 * i], Template[2 * i + 1]);
            error += float.Hypot(x - found[2 * i], y - found[2 * i + 1]) / Points;
        }

        return fit with { Error = error / MathF.Max(1e-6f, float.Hypot(a, b)) };
    }

    /// <summary>A point of the crop in the picture.</summary>
    public (float X, float Y) At(float x, float y) => (A * x - B * y + Tx, B * x + A * y + Ty);
}
