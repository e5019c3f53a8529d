using LiveFace.Media.Codecs;
using LiveFace.Media.Frames;

namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// Encodes each picture once for each codec that somebody gets. Who gets what changes from any thread; it counts from
/// the next picture on.
/// </summary>
internal sealed class EncoderBank : IDisposable
{
    private readonly CodecLane[] _lanes;
    private volatile IVideoOutlet[] _wanted = [];
    private IVideoOutlet[] _current = [];

    public EncoderBank(IVideoCodecs codecs, PipelineOptions options, PipelineMeter meter) =>
        _lanes = [.. Enum.GetValues<VideoCodec>().Select(codec => new CodecLane(codec, codecs, options, meter))];

    public void SetOutlets(IVideoOutlet[] outlets) => _wanted = outlets;

    public void WishKeyFrame(VideoCodec codec) => _lanes[(int)codec].WishKeyFrame();

    /// <summary>Encodes and sends; gives the bytes of one copy of each codec.</summary>
    public int Send(RedactedFrame frame, in FrameTimes times, uint timestamp, TimeSpan now, double framesPerSecond)
    {
        var wanted = _wanted;
        if (!ReferenceEquals(wanted, _current))
            Assign(wanted);
        var bytes = 0;
        foreach (var lane in _lanes)
            if (lane.IsUsed)
                bytes += lane.EncodeAndSend(frame, times, timestamp, now, framesPerSecond);
        return bytes;
    }

    public void Dispose()
    {
        foreach (var lane in _lanes)
            lane.Dispose();
    }

    private void Assign(IVideoOutlet[] outlets)
    {
        _current = outlets;
        foreach (var lane in _lanes)
        {
            lane.SetOutlets([.. outlets.Where(outlet => outlet.Codec == lane.Codec)]);
            if (!lane.IsUsed)
                lane.Dispose();
        }
    }
}
