using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests.Policy;

/// <summary>Policies of these tests.</summary>
internal static class PolicySamples
{
    public static readonly RedactionPolicy Persons = PolicyPresets.HidePersons;
    public static readonly RedactionPolicy Overlay = PolicyPresets.OverlayBoxes;

    public static bool HidesPersons(PolicySnapshot snapshot) => snapshot.NeededModels.Contains("objects");
}
