using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Sdp;

/// <summary>The names of the header extensions that are spoken, for each kind of media.</summary>
internal static class HeaderExtensionUris
{
    const string Mid = "urn:ietf:params:rtp-hdrext:sdes:mid";
    const string TransportSequence = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
    const string AbsoluteSendTime = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
    const string VideoOrientation = "urn:3gpp:video-orientation";
    const string PlayoutDelay = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";

    /// <summary>The ids with one more, if the name is known.</summary>
    public static HeaderExtensionIds With(HeaderExtensionIds ids, string uri, byte id) => uri switch
    {
        Mid => ids with { Mid = id },
        TransportSequence => ids with { TransportSequence = id },
        AbsoluteSendTime => ids with { AbsoluteSendTime = id },
        VideoOrientation => ids with { VideoOrientation = id },
        PlayoutDelay => ids with { PlayoutDelay = id },
        _ => ids,
    };

    /// <summary>What an answer lists: orientation and playout delay make sense for pictures only.</summary>
    public static HeaderExtensionIds ForKind(HeaderExtensionIds ids, MediaKind kind) =>
        kind is MediaKind.Video ? ids : ids with { VideoOrientation = 0, PlayoutDelay = 0 };

    public static IEnumerable<(byte Id, string Uri)> List(HeaderExtensionIds ids)
    {
        (byte Id, string Uri)[] all =
        [
            (ids.Mid, Mid),
            (ids.TransportSequence, TransportSequence),
            (ids.AbsoluteSendTime, AbsoluteSendTime),
            (ids.VideoOrientation, VideoOrientation),
            (ids.PlayoutDelay, PlayoutDelay),
        ];
        return all.Where(extension => extension.Id != 0);
    }
}
