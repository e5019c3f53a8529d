using System.Security.Cryptography;
using LiveFace.Media;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Framing;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Marks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;

namespace LiveFace.Redaction;

/// <summary>
/// The only maker of <see cref="RedactedFrame"/>. It asks the fail-closed rules itself, so that nobody can hand it a
/// decision, hides in place what the policy hides, and covers the whole picture when anything goes wrong on the way.
/// One stream, one thread at a time; nothing is allocated per frame.
/// </summary>
public sealed class Redactor : IDisposable
{
    private readonly MaskBuilder _masks;
    private readonly HiddenBlocks _hidden = new();
    private readonly CoverCard _card;
    private readonly Func<string?, OverlayPicture?>? _stickers;

    // Two, since a picture of the look-ahead is bound by the policy at its capture and by the one at its release.
    private PaintPlan? _plan;
    private PaintPlan? _planBefore;
    private MarkLines? _byHand;
    private readonly HiddenCells _unseen = new();
    private readonly VisionState _nothingSeen = new();
    private readonly FrameTracks _unlooked = new();
    private readonly FrameMarks _marks = new();

    private readonly LastPicture _last;
    private readonly AutoFraming _framing = new();

    /// <summary>Makes a redactor.</summary>
    /// <param name="pool">Where pictures come from.</param>
    /// <param name="stickers">Asked by name with each frame, so it must be quick; null gives the first.</param>
    /// <param name="sessionSeed">Shifts the grain, which hides nothing; by chance where it is not given.</param>
    public Redactor(FramePool pool, Func<string?, OverlayPicture?>? stickers = null, uint? sessionSeed = null)
    {
        _last = new LastPicture(pool);
        _card = new CoverCard(pool);
        _stickers = stickers;
        _masks = new MaskBuilder(sessionSeed ?? BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4)));
    }

    /// <summary>What became of the last frame.</summary>
    public ShowDecision Decision { get; private set; }

    /// <summary>Which part of the last frame, 0 to 1, was hidden because it was not looked at as the policy promises.</summary>
    public double Unseen { get; private set; }

    /// <summary>The part of the last picture that is shown, in pixels of the picture before; null is all of it.</summary>
    public PictureRegion? View => _framing.View;

    /// <summary>Frames that were covered because an effect went wrong.</summary>
    internal long Failures { get; private set; }

    /// <summary>Whether a track was hidden in the last frame.</summary>
    public bool Hid(int track)
    {
        if (Decision.IsCovered)
            return true;
        foreach (ref readonly var mask in _masks.Regions.All)
            if (mask.Track == track && mask.Line.Hides)
                return true;
        return false;
    }

    /// <summary>
    /// Applies a policy to a picture that nobody has looked at: zones, marks and watermarks, where it needs no look; else the
    /// picture is covered.
    /// </summary>
    public RedactedFrame Redact(VideoFrame frame, PolicySnapshot policy)
    {
        _unlooked.Set(_marks.Add(frame, TimeSpan.Zero), frame, []);
        return Redact(frame, policy, _nothingSeen, _unlooked);
    }

    /// <summary>
    /// Hides in place what the policy hides. The caller keeps its reference to the frame, and nobody else may be
    /// reading the picture. <paramref name="later"/> are the frames that wait behind this one, oldest first, when there
    /// is a look-ahead. <paramref name="captured"/> is the policy that was in force when the frame came: what either hides
    /// is hidden.
    /// </summary>
    public RedactedFrame Redact(
        VideoFrame frame, PolicySnapshot policy, VisionState vision, FrameTracks tracks, ReadOnlySpan<FrameTracks> later = default,
        PolicySnapshot? captured = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
#pragma warning disable CA1031 // Whatever goes wrong, the answer is a covered picture; a raw one is never one.
        try
        {
            if (ReferenceEquals(captured, policy))
                captured = null;
            Decision = vision.Rules.Decide(tracks.Mark, policy);
            if (!Decision.IsCovered && captured is not null)
                Decision = ShowDecision.Stricter(Decision, vision.Rules.Decide(tracks.Mark, captured));
            Unseen = 0;
            _framing.ShowAll();
            if (Decision.IsCovered)
                _card.Apply(frame, CoverTexts.For(Decision.Cover));
            else
                Paint(frame, policy, captured, vision, tracks, later);
        }
        catch (Exception error)
        {
            Failures++;
            FaultReports.Report("redaction", error);
            Decision = ShowDecision.Covered(CoverReason.EffectFailed);
            _framing.ShowAll();
            CoverFill.Apply(frame);
        }
#pragma warning restore CA1031

        _last.Keep(Decision.IsCovered ? null : frame, policy, tracks.Mark.Epoch);
        return new RedactedFrame(frame);
    }

    /// <summary>
    /// As above, for a picture of a file, with what a person marked in it. Marks to keep hold against the policy and not against
    /// the floor: what either hides of the other finds, and all that is drawn, is hidden.
    /// </summary>
    /// <returns>The picture, and how many marks to keep stood for a find that is shown.</returns>
    public (RedactedFrame Picture, int Kept) RedactPicture(
        VideoFrame frame, PolicySnapshot policy, PolicySnapshot? floor, VisionState vision, FrameTracks tracks, PictureMarks marks)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(marks);
        try
        {
            _byHand = new MarkLines(marks, policy.Policy, _stickers);
            return (Redact(frame, policy, vision, tracks, later: default, floor), _byHand.Kept.Count);
        }
        finally
        {
            _byHand = null;
        }
    }

    /// <summary>Covers a whole picture, for a reason that no rule knows of.</summary>
    public RedactedFrame Cover(VideoFrame frame, CoverReason reason)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Decision = ShowDecision.Covered(reason);
        _framing.ShowAll();
        Unseen = 0;
#pragma warning disable CA1031 // As above: a card without its text is still a cover.
        try
        {
            _card.Apply(frame, CoverTexts.For(reason));
        }
        catch (Exception error)
        {
            Failures++;
            FaultReports.Report("redaction", error);
            CoverFill.Apply(frame);
        }
#pragma warning restore CA1031

        return new RedactedFrame(frame);
    }

    /// <summary>Gives back what the cover card and the marks hold.</summary>
    public void Dispose()
    {
        _card.Dispose();
        _last.Dispose();
        Close(ref _plan);
        Close(ref _planBefore);
    }

    private void Paint(
        VideoFrame frame, PolicySnapshot policy, PolicySnapshot? captured, VisionState vision, FrameTracks tracks,
        ReadOnlySpan<FrameTracks> later)
    {
        _masks.Begin();
        _masks.Kept = _byHand?.Kept;
        if (captured is not null)
            _masks.Add(Plan(ref _planBefore, captured, vision), vision, tracks, later, frame.Width, frame.Height);
        var before = _masks.Regions.Count;
        var plan = Plan(ref _plan, policy, vision);
        _byHand?.Kept.AreHeld = true;
        _masks.Add(plan, vision, tracks, later, frame.Width, frame.Height);
        _byHand?.AddTo(_masks.Regions, frame.Width, frame.Height, _masks.MarksSeed);
        if (_masks.Regions.Overflowed)
            throw new InvalidOperationException("There is more to hide in the picture than fits the list of regions.");
        HideUnseen(frame, policy, captured, vision, tracks);
        _hidden.Begin(frame);
        foreach (ref readonly var mask in _masks.Regions.All)
            if (mask.Line.Hides)
                _hidden.Add(frame, mask.Region);
        foreach (ref readonly var mask in _masks.Regions.All)
            mask.Line.Effect?.Apply(frame, mask.Region, _hidden);
        plan.Marks?.Draw(frame, _masks.Regions.All[before..], tracks, policy.Tells);
        _framing.Follow(frame, policy.Policy.Framing, tracks, vision);
        if (plan.Watermark is null && _framing.View is null)
            return;
        // From here on nothing is hidden any more: what is shown is a part of what may be.
        _framing.Apply(_last.Copy(frame), frame);
        plan.Watermark?.Apply(frame);
    }

    /// <summary>
    /// Hides what no look vouches for, before anything is drawn over it: with what the last picture shows there, which was
    /// looked at in its time, or in grey where that was hidden by other rules or is another scene.
    /// </summary>
    private void HideUnseen(VideoFrame frame, PolicySnapshot policy, PolicySnapshot? captured, VisionState vision, FrameTracks tracks)
    {
        if (tracks.Width != frame.Width || tracks.Height != frame.Height)
            throw new InvalidOperationException("The frame is not the one that was looked at.");
        _unseen.Begin(tracks.Cells);
        vision.HideUnseen(tracks, policy, _unseen);
        if (captured is not null)
            vision.HideUnseen(tracks, captured, _unseen);
        foreach (ref readonly var mask in _masks.Regions.All)
            if (mask.Line.LeavesNothing)
                _unseen.Spare(mask.Region);
        if (_unseen.Count == 0)
            return;
        _unseen.Grow(policy.PromiseFor(frame.Width, frame.Height).SmallestFace / 2);
        Unseen = _unseen.Part;
        _unseen.Paint(frame, captured is null ? _last.For(frame, policy, tracks.Mark.Epoch) : null);
    }

    private PaintPlan Plan(ref PaintPlan? plan, PolicySnapshot policy, VisionState vision)
    {
        if (plan?.Fits(policy, vision) != true)
        {
            // The old plan is let go first: if the new one cannot be made, no frame is painted by yesterday's policy.
            Close(ref plan);
            plan = new PaintPlan(policy, vision, _stickers);
        }

        return plan;
    }

    private static void Close(ref PaintPlan? plan)
    {
        plan?.Dispose();
        plan = null;
    }
}
