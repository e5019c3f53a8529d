using LiveFace.Media.Codecs;
using LiveFace.Media.Frames;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Pipeline;

/// <summary>One codec that somebody in the room gets: one encoder, however many they are.</summary>
internal sealed class CodecLane(VideoCodec codec, IVideoCodecs codecs, PipelineOptions options, PipelineMeter meter) : IDisposable
{
    private static readonly TimeSpan RateInterval = TimeSpan.FromMilliseconds(200);

    private readonly KeyFrameGate _keyFrames = new(TimeSpan.FromMilliseconds(250));
    private IVideoEncoder? _encoder;
    private IVideoOutlet[] _outlets = [];
    private long[] _targets = [];
    private int[] _viewers = [];
    private int _bitrate;
    private double _framesPerSecond;
    private TimeSpan _ratedAt = TimeSpan.MinValue;

    public VideoCodec Codec { get; } = codec;

    public bool IsUsed => _outlets.Length > 0;

    public void SetOutlets(IVideoOutlet[] outlets)
    {
        _outlets = outlets;
        if (_targets.Length < outlets.Length)
            (_targets, _viewers) = (new long[outlets.Length * 2], new int[outlets.Length * 2]);
    }

    public void WishKeyFrame() => _keyFrames.Wish();

    /// <summary>Encodes one picture and sends it to everybody. Bytes sent of one copy come back.</summary>
    public int EncodeAndSend(RedactedFrame frame, in FrameTimes times, uint timestamp, TimeSpan now, double framesPerSecond)
    {
        if (!IsAnybodyReady())
            return 0;
        Rate(frame.Picture, now, framesPerSecond);
        var force = _keyFrames.TryTake(now);
        var encoded = _encoder!.Encode(frame, force);
        meter.Encoded++;
        if (encoded.IsEmpty)
        {
            if (force)
                _keyFrames.Wish();
            meter.Dropped(PipelineDrop.EncoderFailed);
            return 0;
        }

        var sent = new SentPicture
        {
            Picture = encoded, CaptureTime = times.Capture, RtpTimestamp = timestamp, RecoveryDelay = times.RecoveryDelay,
        };
        foreach (var outlet in _outlets)
            if (outlet.IsReady && outlet.Send(sent) is SendVerdict.Congested or SendVerdict.WaitingForKeyFrame)
                meter.Dropped(PipelineDrop.WatcherCongested);
        return encoded.Payload.Length;
    }

    /// <summary>Lets the encoder go; the next picture opens another.</summary>
    public void Dispose()
    {
        _encoder?.Dispose();
        _encoder = null;
    }

    private bool IsAnybodyReady()
    {
        foreach (var outlet in _outlets)
            if (outlet.IsReady)
                return true;
        return false;
    }

    private void Rate(VideoFrame picture, TimeSpan now, double framesPerSecond)
    {
        if (_encoder is not null && now - _ratedAt < RateInterval)
            return;
        _ratedAt = now;
        var count = 0;
        foreach (var outlet in _outlets)
            if (outlet.IsReady)
                (_targets[count], _viewers[count++]) = (outlet.TargetBitrate, outlet.Viewers);
        var bitrate = FanOutRate.Choose(
            _targets.AsSpan(0, count), _viewers.AsSpan(0, count), picture.Width, picture.Height, framesPerSecond, options);
        if (_encoder is null)
            _encoder = codecs.OpenEncoder(Codec, bitrate, framesPerSecond);
        else if (Math.Abs(bitrate - _bitrate) > _bitrate / 50 || Math.Abs(framesPerSecond - _framesPerSecond) > _framesPerSecond / 50)
            _encoder.SetRate(bitrate, framesPerSecond);
        else
            return;
        (_bitrate, _framesPerSecond) = (bitrate, framesPerSecond);
    }
}
