using LiveFace.Media.Frames;
using LiveFace.Vision;
using LiveFace.Vision.Attributes;

namespace LiveFace.Rooms.Tests;

/// <summary>Reads of every face what a test says, as slowly as it says.</summary>
internal sealed class ScriptedReaders(FaceTraits tells, Func<FaceReading> read) : IFaceReaders, IFaceReaderLane
{
    private int _sampled;
    private int _read;

    public FaceTraits Tells => tells;

    /// <summary>Faces that were cut out.</summary>
    public int Sampled => Volatile.Read(ref _sampled);

    /// <summary>Faces that were read.</summary>
    public int Read => Volatile.Read(ref _read);

    public IFaceReaderLane OpenLane() => this;

    public bool Sample(VideoFrame frame, BoxF box, FaceLandmarks? landmarks)
    {
        Interlocked.Increment(ref _sampled);
        return true;
    }

    public FaceReading Infer()
    {
        var reading = read();
        Interlocked.Increment(ref _read);
        return reading;
    }
}
