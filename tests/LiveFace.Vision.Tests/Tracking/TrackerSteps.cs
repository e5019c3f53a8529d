using LiveFace.Vision.Tracking;

namespace LiveFace.Vision.Tests.Tracking;
/// <summary>What tests of the tracker show it.</summary>
internal static class TrackerSteps
{
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100.0 / 3);

    public static DetectedObject Face(float x, float y, float size = 40, float score = 0.9f) =>
        new(new BoxF(x - size / 2, y - size / 2, x + size / 2, y + size / 2), 0, score);

    public static void See(Tracker tracker, TimeSpan at, params DetectedObject[] seen)
    {
        tracker.Predict(at);
        tracker.Update(seen, 0.6f, at);
    }
}
