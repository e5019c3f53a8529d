namespace LiveFace.Rooms.Tests;

/// <summary>What came of a while on a shared machine; <paramref name="Used"/> is the room's time of the processor.</summary>
internal readonly record struct SharedMachineRun(
    long Sent, long Shown, long Covered, long Looks, long Superseded, long Old, long OldAndShown, TimeSpan Used)
{
    /// <summary>The processor's time for each frame that the publisher sent, whether it was shown or not.</summary>
    public double UsedPerFrame => Used.TotalMilliseconds / Sent;

    public static SharedMachineRun operator -(SharedMachineRun a, SharedMachineRun b) => new(
        a.Sent - b.Sent, a.Shown - b.Shown, a.Covered - b.Covered, a.Looks - b.Looks, a.Superseded - b.Superseded,
        a.Old - b.Old, a.OldAndShown - b.OldAndShown, a.Used - b.Used);
}
