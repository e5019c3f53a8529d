namespace LiveFace.Vision.Identity;

/// <summary>How well a picture of a face shows who it is; each is worked out from the crop that the embedding was made of.</summary>
/// <param name="Sharpness">How much of the crop's contrast is in its fine detail; a picture out of focus, or made larger, has little.</param>
/// <param name="Yaw">How far the nose lies beside the middle, in distances between the eyes: zero from the front.</param>
/// <param name="Pitch">Where the nose lies between eyes, 0, and mouth, 1: about a half from the front.</param>
/// <param name="Roll">How far the head is tilted, in degrees.</param>
/// <param name="Brightness">Mean level, 0 to 255.</param>
/// <param name="Contrast">Standard deviation of the levels.</param>
public readonly record struct FaceQuality(float Sharpness, float Yaw, float Pitch, float Roll, float Brightness, float Contrast)
{
    // Round the middle of the crop: eyes, nose and mouth, and no background.
    private const int From = 24, To = 96;

    private const int Side = FaceFit.Side;

    /// <summary>Reads the five points, in pixels, and the crop's three planes of levels.</summary>
    internal static FaceQuality Of(ReadOnlySpan<float> five, ReadOnlySpan<float> crop)
    {
        var (dx, dy) = (five[2] - five[0], five[3] - five[1]);
        var between = MathF.Max(1e-3f, float.Hypot(dx, dy));
        var (ux, uy) = (dx / between, dy / between);
        var (eyeX, eyeY) = ((five[0] + five[2]) / 2, (five[1] + five[3]) / 2);
        var (mouthX, mouthY) = ((five[6] + five[8]) / 2, (five[7] + five[9]) / 2);
        var down = Along(mouthX - eyeX, mouthY - eyeY, -uy, ux);
        var nose = Along(five[4] - eyeX, five[5] - eyeY, -uy, ux);
        var aside = Along(five[4] - (eyeX + mouthX) / 2, five[5] - (eyeY + mouthY) / 2, ux, uy);
        var (mean, deviation, detail) = Levels(crop);
        return new(
            detail / MathF.Max(1, deviation), aside / between, nose / MathF.Max(1e-3f, MathF.Abs(down)), MathF.Atan2(dy, dx) * 180 / MathF.PI, mean, deviation);
    }

    private static float Along(float x, float y, float ux, float uy) => x * ux + y * uy;

    /// <summary>Mean, standard deviation and root mean square of the Laplacian.</summary>
    private static (float Mean, float Deviation, float Detail) Levels(ReadOnlySpan<float> crop)
    {
        double sum = 0, squares = 0, details = 0;
        const int count = (To - From) * (To - From);
        for (var y = From; y < To; y++)
            for (var x = From; x < To; x++)
            {
                var level = Grey(crop, x, y);
                var detail = 4 * level - Grey(crop, x - 1, y) - Grey(crop, x + 1, y) - Grey(crop, x, y - 1) - Grey(crop, x, y + 1);
                sum += level;
                squares += level * level;
                details += detail * detail;
            }

        var mean = sum / count;
        return ((float)mean, (float)Math.Sqrt(Math.Max(0, squares / count - mean * mean)), (float)Math.Sqrt(details / count));
    }

    private static float Grey(ReadOnlySpan<float> crop, int x, int y)
    {
        var at = y * Side + x;
        return 0.299f * crop[at] + 0.587f * crop[Side * Side + at] + 0.114f * crop[2 * Side * Side + at];
    }
}
