using LiveFace.Redaction.Looks;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Masks;

/// <summary>
/// Carries what later frames of the look-ahead find first back to the frame that is shown: from picture to picture, by
/// template, with growth for what is uncertain. What is fast is elsewhere by then, and a mask where it will be hides nothing.
/// </summary>
internal sealed class LaterFinds
{
    // More new things than this in one frame are hidden where they are found, and grown, without a search.
    private const int MostSearches = 64;

    // Of what is not found on the way, by this part of its size on each side for each frame.
    private const float GrowthPerFrame = 0.3f;

    private int _searches;

    public void Begin() => _searches = 0;

    /// <summary>Where a box of the later frame of that index was in the shown one, and by how much it grows.</summary>
    /// <returns>False when it was lost on the way: it is as far as it was found, and its growth is for what remains.</returns>
    public bool TryCarry(BoxF box, FrameTracks shown, ReadOnlySpan<FrameTracks> later, int index, out BoxF carried, out float growth)
    {
        (carried, growth) = (box, 0);
        var (x, y) = (0f, 0f);
        for (var i = index; i >= 0; i--)
        {
            var before = i > 0 ? later[i - 1] : shown;
            if (_searches >= MostSearches || !later[i].Picture.TryFindIn(before.Picture, carried, x, y, out var moved))
            {
                growth += GrowthPerFrame * (i + 1);
                return false;
            }

            _searches++;
            carried = carried.Move(moved.X, moved.Y);
            growth += moved.Doubt;
            (x, y) = (moved.X, moved.Y);
        }

        return true;
    }
}
