using LiveFace.Vision.Detection;

namespace LiveFace.Rooms.Pipeline;

/// <summary>One model as a room uses it.</summary>
internal sealed class RoomLook(string model, Eye eye, LookThread thread)
{
    public string Model { get; } = model;

    public Eye Eye { get; } = eye;

    public LookThread Thread { get; } = thread;

    /// <summary>Answers taken so far, to tell a new one.</summary>
    public long Looks { get; set; }

    /// <summary>Whether the policy in force looks at it.</summary>
    public bool IsWanted { get; set; }

    /// <summary>How long its answers take, smoothed; zero before the first.</summary>
    public TimeSpan Usual { get; private set; }

    /// <summary>Whether its answers usually take no longer than this.</summary>
    public bool IsInTime(TimeSpan limit) => Usual <= limit;

    public void Learn(TimeSpan took) => Usual = Usual == TimeSpan.Zero ? took : Usual + (took - Usual) / 8;
}
