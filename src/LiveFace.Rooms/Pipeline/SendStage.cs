using System.Diagnostics;
using LiveFace.Media.Codecs;
using LiveFace.Media.Frames;

namespace LiveFace.Rooms.Pipeline;

/// <summary>Gives redacted pictures the room's own timestamps, encodes them once a codec, and hands them out.</summary>
internal sealed class SendStage(IVideoCodecs codecs, PipelineOptions options, PipelineMeter meter) : IDisposable
{
    private readonly OutputClock _timestamps = new();
    private readonly PicturePace _pace = new(options.MaximumFrameRate);

    public EncoderBank Encoders { get; } = new(codecs, options, meter);

    /// <summary>Sends a picture of a publication; gives its timestamp on the wire.</summary>
    public uint Send(RedactedFrame redacted, in FrameTimes times, int source, TimeSpan now)
    {
        var began = Stopwatch.GetTimestamp();
        var timestamp = _timestamps.Map(times.RtpTimestamp, source, now);
        _pace.Shown(now);
        var bytes = Encoders.Send(redacted, times, timestamp, now, _pace.PerSecond);
        meter.Encode.Add(began, Stopwatch.GetTimestamp());
        meter.Out.Add(now, bytes);
        return timestamp;
    }

    public void Dispose() => Encoders.Dispose();
}
