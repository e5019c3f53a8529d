using LiveFace.Media.Frames;
using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Tests;

/// <summary>Reads the same of every face.</summary>
internal sealed class AlwaysReads(FaceReading reading) : IFaceReaders, IFaceReaderLane
{
    public FaceTraits Tells => FaceTraits.Age;

    public IFaceReaderLane OpenLane() => this;

    public bool Sample(VideoFrame frame, BoxF box, FaceLandmarks? landmarks) => true;

    public FaceReading Infer() => reading;
}
