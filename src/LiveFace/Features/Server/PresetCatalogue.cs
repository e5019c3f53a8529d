using LiveFace.Redaction.Policy;

namespace LiveFace.Features.Server;

/// <summary>The presets with the words that a page shows.</summary>
internal static class PresetCatalogue
{
    public static IReadOnlyList<PresetInfo> All { get; } = [.. PolicyPresets.All.Select(Describe)];

    private static PresetInfo Describe(RedactionPolicy policy)
    {
        var (title, description) = policy.Preset switch
        {
            "blur-faces" => ("Blur faces", "Every face is filled with what is round it. Nothing of the face is left."),
            "overlay-boxes" => ("Show boxes", "Boxes and labels on what is found. Nothing is hidden."),
            "hide-persons" => ("Hide persons", "Whole persons are hidden, and every face as well."),
            "hide-all-but" => ("Hide all but…", "Every face is hidden but those that you pick, while they are known to be the same people."),
            "cover-everything" => ("Cover everything", "The whole picture is covered with a plain card."),
            var other => (other ?? "", ""),
        };
        return new PresetInfo(
            policy.Preset ?? "", title, description, policy, [.. PolicySnapshot.Create(0, policy).Models]);
    }
}

internal sealed record PresetInfo(string Id, string Title, string Description, RedactionPolicy Policy, string[] Needs);
