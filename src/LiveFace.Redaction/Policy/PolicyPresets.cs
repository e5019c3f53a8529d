namespace LiveFace.Redaction.Policy;

/// <summary>Policies that most people want, by name.</summary>
public static class PolicyPresets
{
    /// <summary>Every face is hidden. In force where nobody has said anything else.</summary>
    public static RedactionPolicy BlurFaces { get; } = new()
    {
        Preset = "blur-faces",
        Rules = [new PolicyRule()],
    };

    /// <summary>Boxes and labels on faces, nothing hidden.</summary>
    public static RedactionPolicy OverlayBoxes { get; } = new()
    {
        Preset = "overlay-boxes",
        NothingHidden = true,
        Rules =
        [
            new PolicyRule
            {
                Where = RuleWhere.Box, How = new() { Effect = RuleEffect.Box, Label = true, Color = "#00d084" },
            },
        ],
    };

    /// <summary>Every person is hidden, and every face too, so that either model suffices.</summary>
    public static RedactionPolicy HidePersons { get; } = new()
    {
        Preset = "hide-persons",
        Rules =
        [
            new PolicyRule
            {
                When = new() { Model = "objects", Classes = ["person"] },
                Where = RuleWhere.Box,
                How = new() { Effect = RuleEffect.Blur, Padding = 0.05f },
            },
            new PolicyRule(),
        ],
    };

    /// <summary>
    /// Every face is hidden but the tracks that are named; none is as it stands. A newcomer, and somebody who was lost
    /// from sight, has a new track and is hidden.
    /// </summary>
    internal static RedactionPolicy HideAllBut { get; } = new()
    {
        Preset = "hide-all-but",
        Rules = [new PolicyRule { How = new() { Effect = RuleEffect.Blur, Padding = 0.25f } }],
    };

    /// <summary>Nothing of the picture is shown.</summary>
    public static RedactionPolicy CoverEverything { get; } = new() { Preset = "cover-everything", Cover = true };

    /// <summary>All presets, the default first.</summary>
    public static IReadOnlyList<RedactionPolicy> All { get; } =
        [BlurFaces, OverlayBoxes, HidePersons, HideAllBut, CoverEverything];

    /// <summary>The preset of this name, or null.</summary>
    public static RedactionPolicy? Find(string name)
    {
        foreach (var preset in All)
            if (string.Equals(preset.Preset, name, StringComparison.Ordinal))
                return preset;
        return null;
    }
}
