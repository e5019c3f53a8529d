using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>A scheduler that knows its costs, and the plan it makes.</summary>
public abstract class LookSchedulerTestBase
{
    private protected const long Small = 320 * 240;
    private protected readonly LookScheduler _free = new(new InputSize(640, 480), 32);
    private protected readonly LookPlan _plan = new(12);

    private protected static TimeSpan Milliseconds(double value) => TimeSpan.FromMilliseconds(value);

    private protected static Track Face(float x, float y, float height) => new(
        1, 0, 0, 0.9f, new BoxF(x - height / 2, y - height / 2, x + height / 2, y + height / 2), default, 0, 0,
        default, default, false);

    private protected LookPlan Plan(double budget, int width = 640, int height = 480, params ReadOnlySpan<Track> tracks)
    {
        _free.Plan(_plan, width, height, tracks, 0, Milliseconds(budget));
        return _plan;
    }
}
