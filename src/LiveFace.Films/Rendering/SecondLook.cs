using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;

namespace LiveFace.Films.Rendering;

/// <summary>
/// Tells what a look at a redacted picture finds that ought not to be there: whatever would be hidden by itself, does not lie
/// in what is hidden already, and is not a track that a reviewer keeps.
/// </summary>
internal sealed class SecondLook
{
    /// <summary>From this overlap on, a find is the track that is kept.</summary>
    private const float SameThing = 0.3f;

    private readonly BoxFileHead _head;
    private readonly HiddenAreas _areas;
    private readonly TrackSweep _hidden;
    private readonly TrackSweep _kept;
    private readonly Review.ReviewedTracks _reviewed;
    private readonly HashSet<string> _needed;

    public SecondLook(BoxFileHead head, Review.ReviewedTracks reviewed, RedactionPolicy policy)
    {
        _head = head;
        _reviewed = reviewed;
        _areas = new HiddenAreas(policy, [.. head.Models.Select(model => model.Name)]);
        _hidden = new TrackSweep(reviewed.Hidden);
        _kept = new TrackSweep(reviewed.Tracks.Where(track => reviewed.IsKept(track.Id)));
        _needed = [.. PolicySnapshot.Create(1, policy).NeededModels];
    }

    /// <summary>Takes what was found in a picture that was written. Pictures come in their order.</summary>
    public void Take(BoxPicture looked, int picture, TimeSpan at, SecondFinds into)
    {
        var kept = _kept.At(picture);
        _areas.Set(
            [.. _hidden.At(picture).Select(one => new Vision.Tracking.Track(
                one.Track.Id, one.Track.Model, one.Track.Class, one.Track.Score, one.Box.Box, one.Box.Cover, 0, 0, at, TimeSpan.Zero, false))],
            _head.Film.Width, _head.Film.Height);
        if (_reviewed.Covers.Any(cover => cover.Contains(at)))
            return;
        if (!looked.IsLookedAt(_head.Models.Count))
            into.Unlooked++;
        var pixels = (float)_head.Film.Width * _head.Film.Height;
        foreach (var find in looked.Found)
        {
            var (model, look) = (_head.Models[find.Model], looked.Looks.First(one => one.Model == find.Model));
            var hides = look.Thorough || find.Score >= new HidingBar(model.HidesSmall, model.HidesLarge).For(find.Box, pixels);
            if (!hides || !_needed.Contains(model.Name) || _areas.Hides(find.Box) ||
                kept.Exists(one => one.Track.Model == find.Model && one.Box.Box.IntersectionOverUnion(find.Box) >= SameThing))
                continue;
            into.Add(picture, find, find.Score >= look.Strong);
        }
    }
}
