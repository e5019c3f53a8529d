using System.Diagnostics.CodeAnalysis;
using LiveFace.Vision.Attributes;

namespace LiveFace.Features.Files.Detections;

/// <summary>What is to be read of faces, as a list of words.</summary>
internal static class AskedTraits
{
    private static readonly Dictionary<string, FaceTraits> Words = Enum.GetValues<FaceTraits>().Where(trait => trait != FaceTraits.None)
        .ToDictionary(trait => trait.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>The words, for people.</summary>
    public static string Accepted { get; } = string.Join(", ", Words.Keys);

    /// <summary>Reads a list; without one it is nothing.</summary>
    public static bool TryRead(string? list, out FaceTraits traits, [NotNullWhen(false)] out string? problem)
    {
        (traits, problem) = (FaceTraits.None, null);
        foreach (var word in (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Words.TryGetValue(word, out var trait))
            {
                problem = $"must be some of {Accepted}, was \"{word}\"";
                return false;
            }

            traits |= trait;
        }

        return true;
    }
}
