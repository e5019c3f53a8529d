using System.Diagnostics;
using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Redaction;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Pipeline;
using LiveFace.Rooms.Relay;
using LiveFace.WebRtc;

namespace LiveFace.Benchmarks.Relays;

/// <summary>A room's last stage: a drawn scene, encoded thirty times a second at 1 Mbit/s, for peers here and nodes elsewhere.</summary>
internal sealed class RelayStage : IRelaySource, IDisposable
{
    public const int FramesPerSecond = 30;
    private const int Width = 640;
    private const int Height = 480;

    private static readonly PolicySnapshot Openly = PolicySnapshot.Create(1, new RedactionPolicy { NothingHidden = true });

    private readonly FramePool _pool = new();
    private readonly Redactor _redactor;
    private readonly IVideoEncoder _encoder;
    private readonly PortraitScene _scene = new(Width, Height);
    private volatile IVideoOutlet[] _outlets = [];
    private volatile bool _wished;

    public RelayStage()
    {
        _redactor = new Redactor(_pool);
        _encoder = VideoCodecs.CreateEncoder(VideoCodec.Vp8, new EncoderSettings { BitsPerSecond = 1_000_000, FramesPerSecond = FramesPerSecond });
    }

    public long Pictures { get; private set; }

    public long Bytes { get; private set; }

    public void Add(IVideoOutlet outlet)
    {
        lock (_pool)
            _outlets = [.. _outlets, outlet];
        _wished = true;
    }

    public RelayFeed Feed(string room, VideoCodec codec, long epoch, RelayMeter meter)
    {
        var feed = new RelayFeed(codec, epoch, meter, TimeProvider.System, _ => _wished = true, Remove);
        Add(feed);
        return feed;
    }

    public async Task ShowAsync(int seconds)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < seconds * FramesPerSecond; i++)
        {
            var wait = TimeSpan.FromSeconds((double)i / FramesPerSecond) - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            Show();
        }
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _redactor.Dispose();
        _pool.Dispose();
    }

    private void Show()
    {
        using var frame = _scene.Draw(_pool, (int)Pictures % 300);
        var wished = _wished;
        _wished = false;
        var picture = _encoder.Encode(_redactor.Redact(frame, Openly), wished);
        Pictures++;
        if (picture.IsEmpty)
            return;
        Bytes += picture.Payload.Length;
        var sent = new SentPicture { Picture = picture, RtpTimestamp = (uint)Pictures * 3000 };
        foreach (var outlet in _outlets)
            if (outlet.IsReady)
                outlet.Send(sent);
    }

    private void Remove(RelayFeed feed)
    {
        lock (_pool)
            _outlets = [.. _outlets.Where(outlet => outlet != feed)];
    }
}

/// <summary>One peer of a direct node.</summary>
internal sealed class PeerOutlet(WebRtc.Endpoint.RtcPeer peer) : IVideoOutlet
{
    public VideoCodec Codec => VideoCodec.Vp8;

    public bool IsReady => true;

    public long TargetBitrate => peer.TargetBitrate;

    public SendVerdict Send(in SentPicture sent) => peer.SendVideo(new OutgoingVideoFrame
    {
        Codec = RtcCodec.Vp8, Payload = sent.Picture.Payload, IsKeyFrame = sent.Picture.IsKeyFrame, RtpTimestamp = sent.RtpTimestamp, KeepsTimestamp = true,
    });
}
