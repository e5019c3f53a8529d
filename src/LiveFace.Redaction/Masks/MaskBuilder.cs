using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Masks;

/// <summary>
/// From what is known about a frame to the regions that are painted on it. A hiding line takes everything that may be
/// what it hides: tracks with the room that their uncertainty needs, and beside them every raw detection, those too
/// that were too weak to begin a track. What stands on an older detection is grown with its age.
/// </summary>
internal sealed class MaskBuilder
{
    private readonly OutlineMasks _outlines = new();
    private readonly LaterFinds _laterFinds = new();
    private readonly LeftAlone _leftAlone = new();
    private readonly uint _sessionSeed;

    public MaskBuilder(uint sessionSeed) => _sessionSeed = sessionSeed;

    public MaskRegions Regions { get; } = new();

    /// <summary>Finds that the plans may leave alone; forgotten with the next frame.</summary>
    public KeptFinds? Kept { get; set; }

    /// <summary>What hides a picture's marks is seeded as its finds are.</summary>
    public uint MarksSeed => Seed(0);

    /// <summary>Begins another frame.</summary>
    public void Begin()
    {
        Kept = null;
        Regions.Clear();
        _outlines.Clear();
        _laterFinds.Begin();
    }

    /// <summary>Adds a plan's regions of the frame. <paramref name="later"/> are the frames behind it in the look-ahead.</summary>
    public void Add(
        PaintPlan plan, VisionState vision, FrameTracks tracks, ReadOnlySpan<FrameTracks> later, int width, int height)
    {
        _leftAlone.Find(plan, tracks, later);
        foreach (var line in plan.Lines)
        {
            if (line.Zone is { } zone)
                Regions.Add(new(line, RegionGeometry.Of(zone, width, height, line.Polygon, Seed(0))));
            else if (line.IsBackground)
                AddBackground(line, vision, tracks.Mark, width, height);
            else
                AddRule(line, vision, tracks, later);
        }
    }

    private void AddRule(PaintLine line, VisionState vision, FrameTracks tracks, ReadOnlySpan<FrameTracks> later)
    {
        var source = line.Source!;
        var findings = vision.Sources[source.Index];
        var first = Regions.Count;
        var growth = 0f;
        if (line.Hides && vision.Rules.TryAge(source.Model, tracks.Mark, out var age, out _))
            growth = vision.Rules.GrowthAt(age);
        var hasOwn = findings.TryOwn(tracks.Mark, out var own);
        var outlines = hasOwn && line.Where == RuleWhere.Outline && line.Hides && AddOutlines(line, own, tracks);

        foreach (ref readonly var track in tracks.Tracks)
            if (WantsTrack(line, track, _leftAlone.Has(line, track)) && !(outlines && HasOutline(line, own, track.Box)))
                AddTrack(line, track, growth);
        if (!line.Hides)
            return;
        if (!line.IsForTracksOnly)
        {
            if (hasOwn)
                AddRaw(line, own, tracks, growth, weakOnly: false, first);
            else if (findings.TryHeld(tracks.Mark, out var held, out _))
                AddRaw(line, held, tracks, growth, weakOnly: !tracks.LeavesOut, first);
        }

        for (var i = 0; i < later.Length; i++)
            if (later[i].Mark.Epoch == tracks.Mark.Epoch)
                AddLater(line, findings, tracks, later, i, first);
    }

    private void AddTrack(PaintLine line, in Track track, float growth)
    {
        var cover = line.Hides ? track.Cover : track.Box;
        var region = RegionGeometry.Of(cover, track.Box, line.Where, line.How.EffectivePadding + growth, Seed(track.Id));
        Regions.Add(new(line, region, track.Id, track.Class, track.Score));
    }

    private void AddRaw(
        PaintLine line, DetectionList found, FrameTracks tracks, float growth, bool weakOnly, int first)
    {
        foreach (ref readonly var item in found.Items)
        {
            // What would be followed if there were a track free is hidden like what is followed, however sure the rule wants it.
            var strong = item.Score >= line.Source!.Strong;
            var score = strong && tracks.LeavesOut ? MathF.Max(item.Score, line.MinimumScore) : item.Score;
            if (!line.Wants(line.Source.Index, item.Class, score) || (weakOnly && strong) ||
                (line.HasExceptions && _leftAlone.Has(line, found, item, tracks)) || IsKept(line, item, tracks) ||
                (line.Where == RuleWhere.Outline && item.Mask >= 0 && !weakOnly))
                continue;
            AddFound(line, item, item.Box, growth, first);
        }
    }

    /// <summary>
    /// What is first seen in one of the next frames was most likely there in this one already: where it was, as far as the
    /// pictures between tell, and else where it is, too.
    /// </summary>
    private void AddLater(
        PaintLine line, SourceFindings findings, FrameTracks tracks, ReadOnlySpan<FrameTracks> later, int index, int first)
    {
        var next = later[index];
        foreach (ref readonly var track in next.Tracks)
        {
            if (tracks.Has(track.Id) || IsKnown(track.Id, later[..index]) || !WantsTrack(line, track, exempt: false))
                continue;
            if (!_laterFinds.TryCarry(track.Box, tracks, later, index, out var carried, out var growth))
                AddTrack(line, track, 0);
            var cover = track.Cover.Move(carried.CentreX - track.Box.CentreX, carried.CentreY - track.Box.CentreY);
            AddTrack(line, track with { Cover = cover }, growth);
        }

        if (line.IsForTracksOnly || !findings.TryOwn(next.Mark, out var found))
            return;
        foreach (ref readonly var item in found.Items)
        {
            if (item.Score >= line.Source!.Strong || !line.Wants(line.Source.Index, item.Class, item.Score) ||
                (line.HasExceptions && _leftAlone.Has(line, found, item, next)))
                continue;
            if (!_laterFinds.TryCarry(item.Box, tracks, later, index, out var carried, out var growth))
                AddFound(line, item, item.Box, 0, first);
            AddFound(line, item, carried, growth, first);
        }
    }

    private static bool IsKnown(int track, ReadOnlySpan<FrameTracks> frames)
    {
        foreach (var frame in frames)
            if (frame.Has(track))
                return true;
        return false;
    }

    private void AddFound(PaintLine line, in DetectedObject item, BoxF box, float growth, int first)
    {
        var region = RegionGeometry.Of(box, line.Where, line.How.EffectivePadding + growth, Seed(0));
        if (!IsInside(region.Bounds, first))
            Regions.Add(new(line, region, 0, item.Class, item.Score));
    }

    private bool AddOutlines(PaintLine line, DetectionList own, FrameTracks tracks)
    {
        var any = false;
        foreach (ref readonly var item in own.Items)
        {
            if (item.Mask < 0 || !line.Wants(line.Source!.Index, item.Class, item.Score) ||
                (line.HasExceptions && _leftAlone.Has(line, own, item, tracks)) || IsKept(line, item, tracks))
                continue;
            Regions.Add(new(line, _outlines.Hiding(own.Masks[item.Mask], Seed(0)), 0, item.Class, item.Score));
            any = true;
        }

        return any;
    }

    private void AddBackground(PaintLine line, VisionState vision, in FrameMark mark, int width, int height)
    {
        var findings = vision.Sources[line.Source!.Index];
        DetectionList? found = null;
        if (findings.TryOwn(mark, out var own) || findings.TryHeld(mark, out own, out _))
            found = own;
        _outlines.AddBackground(line, found, width, height, Seed(0), Regions);
    }

    /// <summary>Whether a rule names this track, or all tracks and does not leave this one alone.</summary>
    private static bool WantsTrack(PaintLine line, in Track track, bool exempt) =>
        line.Wants(track.Source, track.Class, MathF.Max(track.Score, line.Hides ? line.MinimumScore : 0)) &&
        !exempt && (line.WantsTrack(track.Id) || line.Excepts(track.Id));

    private bool IsKept(PaintLine line, in DetectedObject item, FrameTracks tracks) =>
        Kept is { } kept && kept.Holds(line.Source!.Model, item.Box, tracks.Width, tracks.Height);

    private static bool HasOutline(PaintLine line, DetectionList own, BoxF box)
    {
        foreach (ref readonly var item in own.Items)
            if (item.Mask >= 0 && line.Wants(line.Source!.Index, item.Class, item.Score) &&
                item.Box.IntersectionOverUnion(box) >= LeftAlone.SameThing)
                return true;
        return false;
    }

    private bool IsInside(Media.Frames.PixelRect bounds, int first)
    {
        foreach (ref readonly var other in Regions.All[first..])
        {
            var outer = other.Region.Bounds;
            if (other.Region.Mask is null && bounds.X >= outer.X && bounds.Y >= outer.Y &&
                bounds.Right <= outer.Right && bounds.Bottom <= outer.Bottom)
                return true;
        }

        return false;
    }

    // The same for a track as long as it lives, another one in each session.
    private uint Seed(int track) => _sessionSeed ^ ((uint)track * 2654435761u);
}
