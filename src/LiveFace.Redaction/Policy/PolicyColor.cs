using System.Globalization;

namespace LiveFace.Redaction.Policy;

/// <summary>A colour as policies write it, #rrggbb.</summary>
internal readonly record struct PolicyColor(byte Red, byte Green, byte Blue)
{
    /// <summary>Reads #rrggbb.</summary>
    public static bool TryParse(string? text, out PolicyColor color)
    {
        color = default;
        if (text is not { Length: 7 } || text[0] != '#' ||
            !uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
            return false;
        color = new PolicyColor((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
        return true;
    }
}
