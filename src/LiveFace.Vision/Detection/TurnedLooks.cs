using LiveFace.Media.Frames;
using LiveFace.Vision.Tracking;

namespace LiveFace.Vision.Detection;

/// <summary>
/// Looks for faces that lie on their side or stand on their heads: at the whole turned picture, in small, one turn after the
/// other; and closely, turned alike, where something was seen so, is followed so, or was lost as it stands.
/// </summary>
internal sealed class TurnedLooks(LookInputs inputs)
{
    private static readonly QuarterTurns[] Turns = [QuarterTurns.Clockwise, QuarterTurns.CounterClockwise, QuarterTurns.Half];

    // One look in so many shows the whole turned picture, in a new scene and in one that is known.
    private const int LooksPerWholeAtFirst = 3, LooksPerWhole = 8;

    // So many close looks at once; the rest has its turn in the next.
    private const int MostClose = 3;

    // What was seen so lately is followed in the picture.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(75), JustLost = TimeSpan.FromMilliseconds(400);

    private int _looks;
    private int _turn;

    /// <summary>What was seen once.</summary>
    public LookSuspects Suspects { get; } = new();

    /// <summary>Adds what there is a reason and time for.</summary>
    public void Plan(LookPlan plan, int width, int height, ReadOnlySpan<Track> tracks, int source, bool isNew, double perPixel, ref double left)
    {
        var close = 0;
        foreach (ref readonly var track in tracks)
            if (close < MostClose && track.Source == source && track.Turns != QuarterTurns.None && (track.Coasting || track.Unseen >= LongestWait))
                close += AddAround(plan, track, track.Turns, width, height, perPixel, ref left);
        var place = 0;
        while (close < MostClose && Suspects.TryNext(ref place, out var box, out var turns))
            if (!plan.ShowsClosely(box, turns) && !IsFollowed(box, tracks, source))
                close += Add(plan, TrackWindow.Around(box, box, false, inputs.Close, inputs.Wide, width, height, turns), perPixel, ref left) ? 1 : 0;
        PlanLost(plan, width, height, tracks, source, close, perPixel, ref left);

        _looks++;
        if (_looks >= (isNew ? LooksPerWholeAtFirst : LooksPerWhole))
            PlanWhole(plan, width, height, perPixel, ref left);
    }

    /// <summary>What was just lost as it stood may have been turned.</summary>
    private void PlanLost(LookPlan plan, int width, int height, ReadOnlySpan<Track> tracks, int source, int close, double perPixel, ref double left)
    {
        foreach (ref readonly var track in tracks)
        {
            if (close >= MostClose)
                return;
            if (track.Source == source && track.Turns == QuarterTurns.None && track.Coasting && track.Unseen < JustLost)
                close += AddAround(plan, track, Turns[_looks % Turns.Length], width, height, perPixel, ref left);
        }
    }

    private int AddAround(LookPlan plan, in Track track, QuarterTurns turns, int width, int height, double perPixel, ref double left) =>
        !plan.ShowsClosely(track.Box, turns) && Add(plan, TrackWindow.Around(track, inputs.Close, inputs.Wide, width, height, turns), perPixel, ref left) ? 1 : 0;

    private void PlanWhole(LookPlan plan, int width, int height, double perPixel, ref double left)
    {
        var turns = Turns[_turn % Turns.Length];
        var size = inputs.Small(width, height, turns);
        if (!Add(plan, new PlannedWindow(new PixelRect(0, 0, width, height), size, IsWhole: true, turns), perPixel, ref left))
            return;
        _looks = 0;
        _turn++;
    }

    private static bool IsFollowed(BoxF box, ReadOnlySpan<Track> tracks, int source)
    {
        foreach (ref readonly var track in tracks)
            if (track.Source == source && !track.Coasting && track.Box.IntersectionOverUnion(box) > 0.3f)
                return true;
        return false;
    }

    private static bool Add(LookPlan plan, in PlannedWindow planned, double perPixel, ref double left)
    {
        var cost = perPixel * planned.Size.Area;
        if (plan.IsFull || cost > left)
            return false;
        left -= cost;
        return plan.Add(planned);
    }
}
