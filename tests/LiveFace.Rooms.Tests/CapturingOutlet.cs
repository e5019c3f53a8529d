using System.Collections.Concurrent;
using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Rooms.Pipeline;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Tests;

/// <summary>A picture as a watcher would see it.</summary>
internal sealed record SeenPicture(uint Timestamp, int Width, int Height, byte[] Luma, bool IsKeyFrame);

/// <summary>A watcher that decodes what it is sent with the real codec.</summary>
internal sealed class CapturingOutlet : IVideoOutlet, IDisposable
{
    private readonly FramePool _pool = new();
    private readonly IVideoDecoder _decoder;
    private readonly ConcurrentQueue<SeenPicture> _seen = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private bool _closed;

    public CapturingOutlet(VideoCodec codec = VideoCodec.Vp8)
    {
        Codec = codec;
        _decoder = VideoCodecs.CreateDecoder(codec, _pool);
    }

    public VideoCodec Codec { get; }

    public bool IsReady { get; set; } = true;

    public long TargetBitrate { get; set; } = 2_000_000;

    /// <summary>Run before a frame is taken, on the room's own thread.</summary>
    public Action? OnSend { get; set; }

    public SendVerdict Send(in SentPicture sent)
    {
        OnSend?.Invoke();
        lock (_decoder)
        {
            if (_closed)
                return SendVerdict.Sent;
            if (_decoder.Decode(sent.Picture.Payload, default, out var picture) == DecodeVerdict.Picture)
                using (picture)
                    _seen.Enqueue(new SeenPicture(
                        sent.RtpTimestamp, picture!.Width, picture.Height, EncodedClip.LumaOf(picture), sent.Picture.IsKeyFrame));
        }

        _arrived.Release();
        return SendVerdict.Sent;
    }

    /// <summary>The next picture that comes.</summary>
    public async Task<SeenPicture> NextAsync()
    {
        (await _arrived.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).ShouldBeTrue("no picture came");
        _seen.TryDequeue(out var picture).ShouldBeTrue("what came could not be decoded");
        return picture!;
    }

    public bool HasNone => _arrived.CurrentCount == 0;

    /// <summary>The room's thread may still be sending.</summary>
    public void Dispose()
    {
        lock (_decoder)
        {
            _closed = true;
            _decoder.Dispose();
            _pool.Dispose();
        }
    }
}
