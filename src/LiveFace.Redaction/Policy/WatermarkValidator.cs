namespace LiveFace.Redaction.Policy;

/// <summary>Says what is wrong with a watermark.</summary>
internal static class WatermarkValidator
{
    public static void Validate(PolicyWatermark mark, PolicyChecks checks)
    {
        if (mark.Sticker is { } sticker)
            checks.Name("watermark.sticker", sticker, "a sticker's name");
        else if (string.IsNullOrWhiteSpace(mark.Text) || mark.Text.Length > PolicyLimits.WatermarkLength)
            checks.Add("watermark.text", $"must be 1 to {PolicyLimits.WatermarkLength} characters");
        checks.Between("watermark.opacity", mark.Opacity, 0, 1);
        checks.Defined("watermark.place", mark.Place);
        if (mark.Size is { } size)
            checks.Between("watermark.size", size, PolicyLimits.LeastWatermark, 1);
        checks.Between("watermark.angle", mark.Angle, -180, 180);
        if (mark.Spacing is { } spacing)
            checks.Between("watermark.spacing", spacing, 0, PolicyLimits.WidestSpacing);
        checks.Defined("watermark.blend", mark.Blend);
        if (mark.Color is { } color && !PolicyColor.TryParse(color, out _))
            checks.Add("watermark.color", "must be a colour as #rrggbb, for example #1a2b3c");
    }
}
