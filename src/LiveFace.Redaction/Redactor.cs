using System.Security.Cryptography;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction;

/// <summary>
/// The only maker of <see cref="RedactedFrame"/>. It asks the fail-closed rules itself, so that nobody can hand it a
/// decision, hides in place what the policy hides, and covers the whole picture when anything goes wrong on the way.
/// One stream, one thread at a time; nothing is allocated per frame.
/// </summary>
public sealed class Redactor : IDisposable
{
    private readonly MaskBuilder _masks;
    private readonly CoverCard _card;
    private readonly Func<string?, OverlayPicture?>? _stickers;
    private PaintPlan? _plan;

    /// <summary>Makes a redactor with a noise of its own. Stickers are looked up by name with each frame, so that must be quick; null
    /// gives the first.</summary>
    public Redactor(FramePool pool, Func<string?, OverlayPicture?>? stickers = null)
        : this(pool, stickers, BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4)))
    {
    }

    internal Redactor(FramePool pool, Func<string?, OverlayPicture?>? stickers, uint sessionSeed)
    {
        _card = new CoverCard(pool);
        _stickers = stickers;
        _masks = new MaskBuilder(sessionSeed);
    }

    /// <summary>What became of the last frame.</summary>
    public ShowDecision Decision { get; private set; }

    /// <summary>Frames that were covered because an effect went wrong.</summary>
    public long Failures { get; private set; }

    /// <summary>What went wrong the last time.</summary>
    public Exception? LastFailure { get; private set; }

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
    /// Hides in place what the policy hides. The caller keeps its reference to the frame, and nobody else may be
    /// reading the picture. <paramref name="later"/> are the frames that wait behind this one, oldest first, when there
    /// is a look-ahead.
    /// </summary>
    public RedactedFrame Redact(
        VideoFrame frame, PolicySnapshot policy, VisionState vision, FrameTracks tracks, ReadOnlySpan<FrameTracks> later = default)
    {
        ArgumentNullException.ThrowIfNull(frame);
#pragma warning disable CA1031 // Whatever goes wrong, the answer is a covered picture; a raw one is never one.
        try
        {
            Decision = vision.Rules.Decide(tracks.Mark, policy);
            if (Decision.IsCovered)
                _card.Apply(frame, CoverTexts.For(Decision.Cover));
            else
                Paint(frame, policy, vision, tracks, later);
        }
        catch (Exception error)
        {
            Failures++;
            LastFailure = error;
            Decision = ShowDecision.Covered(CoverReason.EffectFailed);
            CoverFill.Apply(frame);
        }
#pragma warning restore CA1031

        return new RedactedFrame(frame);
    }

    /// <summary>Covers a whole picture, for a reason that no rule knows of.</summary>
    public RedactedFrame Cover(VideoFrame frame, CoverReason reason)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Decision = ShowDecision.Covered(reason);
#pragma warning disable CA1031 // As above: a card without its text is still a cover.
        try
        {
            _card.Apply(frame, CoverTexts.For(reason));
        }
        catch (Exception error)
        {
            Failures++;
            LastFailure = error;
            CoverFill.Apply(frame);
        }
#pragma warning restore CA1031

        return new RedactedFrame(frame);
    }

    /// <summary>Gives back what the cover card and the marks hold.</summary>
    public void Dispose()
    {
        _card.Dispose();
        _plan?.Dispose();
        _plan = null;
    }

    private void Paint(
        VideoFrame frame, PolicySnapshot policy, VisionState vision, FrameTracks tracks, ReadOnlySpan<FrameTracks> later)
    {
        if (_plan is not { } plan || !plan.Fits(policy, vision))
        {
            // The old plan is let go first: if the new one cannot be made, no frame is painted by yesterday's policy.
            _plan?.Dispose();
            _plan = null;
            _plan = plan = new PaintPlan(policy, vision, _stickers);
        }

        _masks.Build(plan, vision, tracks, later, frame.Width, frame.Height);
        if (_masks.Regions.Overflowed)
            throw new InvalidOperationException("There is more to hide in the picture than fits the list of regions.");
        foreach (ref readonly var mask in _masks.Regions.All)
            mask.Line.Effect?.Apply(frame, mask.Region);
        plan.Marks?.Draw(frame, _masks.Regions.All);
        plan.Watermark?.Apply(frame);
    }
}
