using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Reidentify;

/// <summary>Applies effects to pictures in which nothing else is hidden.</summary>
public static class LoneEffect
{
    [ThreadStatic]
    private static HiddenBlocks? _hidden;

    /// <summary>Applies the effect to the one region of a picture.</summary>
    public static void Apply(this IRegionEffect effect, VideoFrame frame, in EffectRegion region)
    {
        var hidden = _hidden ??= new HiddenBlocks();
        hidden.Begin(frame);
        hidden.Add(frame, region);
        effect.Apply(frame, region, hidden);
    }
}
