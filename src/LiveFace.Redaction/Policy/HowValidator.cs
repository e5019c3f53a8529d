namespace LiveFace.Redaction.Policy;

/// <summary>Says what is wrong with how something is done.</summary>
internal static class HowValidator
{
    public static void Validate(string field, RuleHow how, bool mustHide, PolicyChecks checks)
    {
        checks.Defined($"{field}.effect", how.Effect);
        checks.Between($"{field}.strength", how.Strength, 0, 100);
        if (how.Padding is { } padding)
            checks.Between($"{field}.padding", padding, 0, 1);
        if (how.Color is { } color && !PolicyColor.TryParse(color, out _))
            checks.Add($"{field}.color", "must be a colour as #rrggbb, for example #1a2b3c");
        if (how.Sticker is { } sticker)
            checks.Name($"{field}.sticker", sticker, "a sticker's name");
        if (mustHide && !how.Effect.Hides())
            checks.Add($"{field}.effect", "must hide here; box hides nothing");
    }
}
