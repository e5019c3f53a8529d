namespace LiveFace.Rooms.Pipeline;

/// <summary>The places at which a frame can be let go, and why.</summary>
internal enum PipelineDrop
{
    /// <summary>The decoder is so far behind that its queue is full.</summary>
    DecodeQueueFull,

    /// <summary>A delta frame after a gap: it cannot be decoded before the next keyframe.</summary>
    WaitingForKeyFrame,

    /// <summary>Data that is not a frame, or stands on a lost one.</summary>
    NotDecodable,

    /// <summary>The decoder's process was lost with the frame in it.</summary>
    DecoderLost,

    /// <summary>The picture has more pixels than the server takes.</summary>
    TooLarge,

    /// <summary>A newer picture was there before work on this one began.</summary>
    Superseded,

    /// <summary>More pictures a second than the server takes.</summary>
    OverFrameRate,

    /// <summary>The picture's publisher left, or somebody took over, before it was shown.</summary>
    PublisherGone,

    /// <summary>No detector looked at the frame, because one was still at an earlier frame.</summary>
    DetectorBusy,

    /// <summary>No detector looked at the frame, to save work.</summary>
    DetectionShed,

    /// <summary>The frame did not wait any longer for its own detection.</summary>
    DetectionLate,

    /// <summary>A model saw more things than are kept apart, so that its answer does not count.</summary>
    DetectionOverfull,

    /// <summary>The encoder could not make the frame.</summary>
    EncoderFailed,

    /// <summary>A watcher's connection could not take the frame.</summary>
    WatcherCongested,

    /// <summary>More sound came than may wait for the picture of a look-ahead.</summary>
    SoundQueueFull,

    /// <summary>How many places there are.</summary>
    Count,
}
