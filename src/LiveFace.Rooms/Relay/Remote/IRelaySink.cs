using LiveFace.Media.Codecs;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Relay.Remote;

/// <summary>What a stream from a room's owner is pulled for. One thread at a time takes, one reads demands.</summary>
public interface IRelaySink
{
    /// <summary>The room.</summary>
    string Room { get; }

    /// <summary>In which codec.</summary>
    VideoCodec Codec { get; }

    /// <summary>The newest ownership that is known here; nothing older is taken.</summary>
    long LeastEpoch { get; }

    /// <summary>The owner has agreed.</summary>
    void Opened();

    /// <summary>Takes what the relay's receiver made of a message of the owner's.</summary>
    void Take(in RelayedPicture picture, in RelayTimes times);

    /// <summary>Takes a packet of sound, with times as the owner has them.</summary>
    void Take(in OutgoingAudioPacket packet, long epoch);

    /// <summary>Completes when there may be another demand; false when nothing is wanted any more.</summary>
    ValueTask<bool> WaitAsync();

    /// <summary>What is wanted from now on; false when it is what was asked for last.</summary>
    bool TryTakeDemand(out RelayDemand demand);

    /// <summary>A new stream knows of no demand yet: the next one is given though it is the same, and asks for a keyframe.</summary>
    void ForgetDemand();
}
