using LiveFace.Media.Frames;

namespace LiveFace.Vision.Attributes;

/// <summary>What reads faces, shared by all; each who reads has a lane of its own.</summary>
public interface IFaceReaders
{
    /// <summary>What can be asked of it.</summary>
    FaceTraits Tells { get; }

    /// <summary>One reader's memory.</summary>
    IFaceReaderLane OpenLane();
}

/// <summary>Reads one face at a time. One thread at a time.</summary>
public interface IFaceReaderLane
{
    /// <summary>Copies a face out of a frame, before the frame is redacted in place. False for one that cannot be read.</summary>
    bool Sample(VideoFrame frame, BoxF box, FaceLandmarks? landmarks);

    /// <summary>What could be read of it, on any thread and without the frame.</summary>
    FaceReading Infer();
}
