using LiveFace.Media.Frames;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Detection;

namespace LiveFace.Rooms.Tests;

/// <summary>Which frames a busy room looks at.</summary>
public sealed class RoomVisionTests : IDetectorShelf, IDisposable
{
    private static readonly LoadLevel Busiest = new(LoadLevel.Most);
    private static readonly PolicySnapshot Policy = PolicySnapshot.Create(1, PolicyPresets.BlurFaces);

    private readonly FramePool _pool = new();
    private readonly PortraitScene _scene = new(320, 240);
    private readonly PipelineMeter _meter = new();
    private IDetector? _model;
    private int _frames;

    public void Dispose() => _pool.Dispose();

    [Fact]
    public async Task Looks_that_are_in_time_are_made_at_each_frame_however_busy_the_room_is()
    {
        _model = await RealModels.FacesAsync();
        using var vision = Open(TimeSpan.FromSeconds(20));
        for (var i = 0; i < 12; i++)
            See(vision);
        vision.Looks.ShouldHaveSingleItem().Eye.Looks.ShouldBe(12);
        _meter.Drops(PipelineDrop.DetectionShed).ShouldBe(0);
    }

    [Fact]
    public async Task Looks_that_are_always_late_are_made_at_every_third_frame_of_the_busiest_room()
    {
        _model = await RealModels.FacesAsync();
        using var vision = Open(TimeSpan.Zero);
        See(vision);
        await Eventually.IsAsync(() => vision.Looks[0].Eye is { IsAnswered: true } or { IsIdle: true });
        for (var i = 0; i < 30; i++)
            See(vision);
        _meter.Drops(PipelineDrop.DetectionShed).ShouldBeInRange(19, 21);
    }

    [Fact]
    public async Task Waiting_beyond_the_budget_of_a_look_is_idle_and_other_waiting_is_not()
    {
        _model = await RealModels.FacesAsync();
        using var vision = Open(TimeSpan.FromSeconds(20), budget: TimeSpan.FromMinutes(1));
        See(vision);
        vision.TakeIdle().ShouldBe(TimeSpan.Zero);
        using var hasty = Open(TimeSpan.FromSeconds(20), budget: TimeSpan.FromTicks(1));
        See(hasty);
        hasty.TakeIdle().ShouldBeGreaterThan(TimeSpan.Zero);
        hasty.TakeIdle().ShouldBe(TimeSpan.Zero, "what was told is not told again");
    }

    private RoomVision Open(TimeSpan wait, TimeSpan? budget = null)
    {
        var options = new PipelineOptions { DetectionWait = wait };
        var vision = new RoomVision(
            "test", this, options with { LookBudget = budget ?? options.LookBudget }, _meter, TimeProvider.System);
        vision.Prepare(Policy);
        return vision;
    }

    private void See(RoomVision vision)
    {
        using var frame = _scene.Draw(_pool, _frames);
        vision.See(frame, TimeSpan.FromMilliseconds(33 * ++_frames), 0, Policy, Busiest, new FrameTracks());
    }

    ShelfState IDetectorShelf.Find(string model, out IDetector? detector)
    {
        detector = _model;
        return ShelfState.Ready;
    }
}
