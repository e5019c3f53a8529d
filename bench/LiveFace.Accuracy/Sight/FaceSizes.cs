using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Sight;

/// <summary>The sizes that figures are given for: the shorter side of a face, in pixels of the picture that is looked at.</summary>
internal static class FaceSizes
{
    /// <summary>Smaller faces are neither missed nor falsely hidden.</summary>
    public const float Least = 8;

    public const int Count = 4;

    public static string[] Names { get; } = ["8–16 px", "16–32 px", "32–64 px", "≥ 64 px"];

    public static float SideOf(in FaceTruth face) => MathF.Min(face.Width, face.Height);

    /// <summary>The index of a face's size; −1 for a face that does not count.</summary>
    public static int Of(in FaceTruth face) => !face.Counts ? -1 : SideOf(face) switch
    {
        < Least => -1,
        < 16 => 0,
        < 32 => 1,
        < 64 => 2,
        _ => 3,
    };
}
