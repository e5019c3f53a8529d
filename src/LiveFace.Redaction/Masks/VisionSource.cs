namespace LiveFace.Redaction.Masks;

/// <summary>
/// One model as a room's rules see it. <paramref name="Strong"/> is the score that begins a track; what a hiding rule
/// hides begins at the model's weak threshold.
/// </summary>
/// <param name="Model">The name by which policies call it.</param>
/// <param name="Index">Its place among the room's models, which tracks carry as their source.</param>
/// <param name="Labels">Names of its classes, by index.</param>
/// <param name="Strong">The score from which a detection begins a track.</param>
public sealed record VisionSource(string Model, int Index, IReadOnlyList<string> Labels, float Strong);
