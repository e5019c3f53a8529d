using LiveFace.Media.Frames;

namespace LiveFace.Vision.Tracking;

/// <summary>
/// One thing followed through the pictures, as it is believed to be in the current one.
/// <paramref name="Box"/> is the best estimate; <paramref name="Cover"/> is grown by what is uncertain and is what has
/// to be hidden. <paramref name="Source"/> is the index of the detector in its pipeline and <paramref name="Class"/>
/// an index into that detector's labels. <paramref name="Unseen"/> is the time since a detector last saw it, and
/// <paramref name="Coasting"/> says that the latest look did not. Velocities are in pixels per second.
/// <paramref name="Turns"/> is how the picture was turned when it was last seen.
/// </summary>
public readonly record struct Track(
    int Id,
    int Source,
    int Class,
    float Score,
    BoxF Box,
    BoxF Cover,
    float VelocityX,
    float VelocityY,
    TimeSpan FirstSeen,
    TimeSpan Unseen,
    bool Coasting,
    FaceLandmarks? Landmarks = null,
    QuarterTurns Turns = QuarterTurns.None);
