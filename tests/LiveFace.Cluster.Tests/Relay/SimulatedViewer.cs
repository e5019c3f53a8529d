using LiveFace.Media.Codecs;
using LiveFace.Rooms.Pipeline;
using LiveFace.Rooms.Relay;
using LiveFace.WebRtc;

namespace LiveFace.Cluster.Tests.Relay;

/// <summary>A viewer without a connection: keeps the print of each picture that it is sent. Of the owner's node or of another.</summary>
internal sealed class SimulatedViewer : IRelayedOutlet
{
    private readonly List<string> _prints = [];
    private readonly List<uint> _timestamps = [];
    private volatile int _pictures;

    public VideoCodec Codec { get; init; } = VideoCodec.Vp8;

    public bool IsReady { get; set; } = true;

    public bool WatchesVideo => true;

    public long TargetBitrate { get; set; } = 1_500_000;

    public int Pictures => _pictures;

    public int KeyFrames { get; private set; }

    public bool BeganWithKeyFrame => AreKeyFrames[0];

    public List<bool> AreKeyFrames { get; } = [];

    public bool IsClosed { get; private set; }

    /// <summary>The newest picture.</summary>
    public byte[] Newest { get; private set; } = [];

    public List<byte[]> Heard { get; } = [];

    /// <summary>Whether it keeps the newest picture.</summary>
    public bool Keeps { get; init; }

    /// <summary>Run before a picture is taken, on the thread that brings it.</summary>
    public Action? OnSend { get; set; }

    public string[] Prints
    {
        get
        {
            lock (_prints)
                return [.. _prints];
        }
    }

    public uint[] Timestamps
    {
        get
        {
            lock (_prints)
                return [.. _timestamps];
        }
    }

    public SendVerdict Send(in SentPicture sent) => Take(sent.Picture.Payload, sent.Picture.IsKeyFrame, sent.RtpTimestamp);

    public SendVerdict Send(in RelayedPicture picture, in RelayTimes times) => Take(picture.Payload, picture.IsKeyFrame, times.RtpTimestamp);

    public void Hear(in OutgoingAudioPacket packet)
    {
        lock (Heard)
            Heard.Add(packet.Payload.ToArray());
    }

    public void Close() => IsClosed = true;

    private SendVerdict Take(ReadOnlySpan<byte> payload, bool isKeyFrame, uint timestamp)
    {
        OnSend?.Invoke();
        lock (_prints)
        {
            Newest = Keeps ? payload.ToArray() : [];
            AreKeyFrames.Add(isKeyFrame);
            _prints.Add(TapedCodecs.PrintOf(payload));
            _timestamps.Add(timestamp);
        }

        KeyFrames += isKeyFrame ? 1 : 0;
        _pictures++;
        return SendVerdict.Sent;
    }
}
