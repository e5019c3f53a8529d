using System.Globalization;

namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>A colour as people give it.</summary>
public readonly record struct RgbColor(byte R, byte G, byte B)
{
    /// <summary>Black.</summary>
    public static RgbColor Black => default;

    /// <summary>White.</summary>
    public static RgbColor White => new(255, 255, 255);

    /// <summary>Reads <c>#rrggbb</c> or <c>#rgb</c>, with or without the sign.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, out RgbColor colour)
    {
        colour = default;
        if (text.StartsWith("#"))
            text = text[1..];
        if (text.Length is not (3 or 6) ||
            !uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            return false;

        colour = text.Length == 6
            ? new RgbColor((byte)(value >> 16), (byte)(value >> 8), (byte)value)
            : new RgbColor((byte)((value >> 8) * 17), (byte)((value >> 4 & 15) * 17), (byte)((value & 15) * 17));
        return true;
    }

    /// <summary>The colour as <c>#rrggbb</c>.</summary>
    public override string ToString() => $"#{R:x2}{G:x2}{B:x2}";
}
