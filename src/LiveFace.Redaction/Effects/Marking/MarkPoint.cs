using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Pictures;

namespace LiveFace.Redaction.Effects.Marking;

/// <summary>A point of a mark, its colours multiplied by alpha; all from 0 to 255.</summary>
internal readonly record struct MarkPoint(float Y, float U, float V, float Alpha)
{
    // Luma's range, BT.601.
    private const float Black = 16;
    private const float White = 235;
    private const float Grey = 128;

    public static MarkPoint operator +(in MarkPoint a, in MarkPoint b) => new(a.Y + b.Y, a.U + b.U, a.V + b.V, a.Alpha + b.Alpha);

    /// <summary>What a picture has at a place of the box round it, between its points in straight lines; outside of it, nothing.</summary>
    public static MarkPoint Of(PictureLevel level, in MarkTurn turn, float x, float y)
    {
        var (partX, partY) = turn.ToMark(x, y);
        var (column, row) = (partX * level.Width - 0.5f, partY * level.Height - 0.5f);
        if (column <= -1 || row <= -1 || column >= level.Width || row >= level.Height)
            return default;
        var (left, top) = ((int)MathF.Floor(column), (int)MathF.Floor(row));
        var (right, bottom) = (column - left, row - top);
        return At(level, left, top, (1 - right) * (1 - bottom)) + At(level, left + 1, top, right * (1 - bottom))
            + At(level, left, top + 1, (1 - right) * bottom) + At(level, left + 1, top + 1, right * bottom);
    }

    /// <summary>
    /// What is added to the picture, and how much of the picture goes. Multiply and screen go by the mark's lightness alone: to
    /// darken is to lay black over, and to lighten white, in proportion.
    /// </summary>
    public MarkPoint Blended(WatermarkBlend blend, float opacity)
    {
        if (blend == WatermarkBlend.Normal || Alpha == 0)
            return new(Y * opacity, U * opacity, V * opacity, Alpha * opacity);
        var light = Math.Clamp((Y / Alpha * 255 - Black) / (White - Black), 0, 1);
        var (part, over) = blend == WatermarkBlend.Multiply ? (1 - light, Black) : (light, White);
        var alpha = Alpha * opacity * part;
        return new(over * alpha / 255, Grey * alpha / 255, Grey * alpha / 255, alpha);
    }

    private static MarkPoint At(PictureLevel level, int column, int row, float part)
    {
        if ((uint)column >= (uint)level.Width || (uint)row >= (uint)level.Height || part == 0)
            return default;
        var at = row * level.Width + column;
        return new(
            level.Colour(PlaneKind.Y)[at] * part, level.Colour(PlaneKind.U)[at] * part, level.Colour(PlaneKind.V)[at] * part, level.Alpha[at] * part);
    }
}
