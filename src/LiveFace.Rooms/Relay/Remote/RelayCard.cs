using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Redaction;
using LiveFace.Redaction.FailClosed;
using LiveFace.Rooms.Pipeline;

namespace LiveFace.Rooms.Relay.Remote;

/// <summary>
/// Shows a card in the place of a picture that no longer comes, once a second, for as long as it does not: else the last one would stand as
/// if it were now. It is a redacted picture like any other; nothing of the room is in it.
/// </summary>
internal sealed class RelayCard : IDisposable
{
    /// <summary>So long the last picture may stand after its stream broke.</summary>
    public static readonly TimeSpan After = TimeSpan.FromSeconds(2);

    private const int BitsPerSecond = 200_000;
    private const int UsualWidth = 640;
    private const int UsualHeight = 360;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly RoomParts _parts;
    private readonly VideoCodec _codec;
    private readonly Action _due;
    private readonly ITimer _timer;
    private (int Width, int Height) _size = (UsualWidth, UsualHeight);
    private Redactor? _redactor;
    private IVideoEncoder? _encoder;

    /// <param name="parts">What it shares with rooms.</param>
    /// <param name="codec">In which codec it is shown.</param>
    /// <param name="due">Called when one is to be shown.</param>
    public RelayCard(RoomParts parts, VideoCodec codec, Action due)
    {
        (_parts, _codec, _due) = (parts, codec, due);
        _timer = parts.Clock.CreateTimer(static card => ((RelayCard)card!).Tell(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The picture's size, from its newest keyframe.</summary>
    public void Learn(ReadOnlySpan<byte> keyFrame)
    {
        if (KeyFrameSize.TryRead(_codec, keyFrame, out var width, out var height) && width <= _parts.Options.MaximumWidth && height <= _parts.Options.MaximumHeight)
            _size = (width, height);
    }

    /// <summary>Nothing comes any more.</summary>
    public void Begin() => _timer.Change(After, Every);

    /// <summary>Something comes again. What it took to make cards is given back.</summary>
    public void End()
    {
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _encoder?.Dispose();
        _redactor?.Dispose();
        (_encoder, _redactor) = (null, null);
    }

    /// <summary>A card as a keyframe; it stands until the next.</summary>
    public EncodedPicture Draw()
    {
        _redactor ??= new Redactor(_parts.Frames);
        _encoder ??= _parts.Codecs.OpenEncoder(_codec, BitsPerSecond, 1 / Every.TotalSeconds);
        using var frame = _parts.Frames.Rent(_size.Width, _size.Height);
        return _encoder.Encode(_redactor.Cover(frame, CoverReason.NoPicture), forceKeyFrame: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        End();
    }

    private void Tell()
    {
        try
        {
            _due();
        }
#pragma warning disable CA1031 // What leaves a timer's callback ends the program.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _parts.Report("relay card", error);
        }
    }
}
