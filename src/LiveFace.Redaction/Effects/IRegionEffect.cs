using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Effects;

/// <summary>
/// Changes the pixels of a region in place, on all three planes. An instance keeps its working memory, so it allocates
/// nothing once it has seen the largest region; it serves one thread at a time.
/// </summary>
public interface IRegionEffect
{
    /// <summary>
    /// Applies the effect. The region is clipped to the picture; one without pixels changes nothing. No pixel outside
    /// of the region, its soft edge and their snapping to even pixels is touched.
    /// </summary>
    /// <param name="frame">What is changed.</param>
    /// <param name="region">Where.</param>
    /// <param name="hidden">
    /// All regions of this frame that are hidden or will be: an effect that takes colours from beside its region takes
    /// none from there.
    /// </param>
    void Apply(VideoFrame frame, in EffectRegion region, HiddenBlocks hidden);
}
