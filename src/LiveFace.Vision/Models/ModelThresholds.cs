namespace LiveFace.Vision.Models;

/// <summary>
/// Thresholds that a decoder starts from, and what a finding has to be worth to be hidden. Where those figures are missing,
/// they follow from the score.
/// </summary>
/// <param name="Score">Least score of a finding, 0 to 1.</param>
/// <param name="Overlap">Most overlap of two findings before the weaker one goes, 0 to 1.</param>
public readonly record struct ModelThresholds(float Score, float Overlap)
{
    /// <summary>The score down to which the model is listened to at all.</summary>
    public float? Weak { get; init; }

    /// <summary>The score that a finding of one live look needs: next to nothing of the picture, all of it.</summary>
    public (float Small, float Large)? Live { get; init; }

    /// <summary>The mean score over all looks at a stored picture that a finding needs, by size alike.</summary>
    public (float Small, float Large)? Offline { get; init; }

    /// <summary>The heights in pixels of the input at which the model sees things.</summary>
    public (float Least, float Most)? Heights { get; init; }
}
