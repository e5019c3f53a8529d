namespace LiveFace.Rooms;

/// <summary>
/// Whether there is room for one more publisher, by how much of the machine the server uses. It is the last thing that
/// gives way under load: looks have become fewer and frames been left out before anybody is turned away.
/// </summary>
public sealed class RoomAdmission(TimeProvider clock, double fullAt)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private long _measuredAt = clock.GetTimestamp();
    private TimeSpan _used = Environment.CpuUsage.TotalTime;
    private double _load;

    /// <summary>The part of all processors that the server used lately.</summary>
    public double Load => Volatile.Read(ref _load);

    /// <summary>Measures anew when it is time. Called every few seconds.</summary>
    public void Measure()
    {
        lock (_gate)
        {
            var elapsed = clock.GetElapsedTime(_measuredAt);
            if (elapsed < Window)
                return;
            var used = Environment.CpuUsage.TotalTime;
            Volatile.Write(ref _load, (used - _used) / elapsed / Environment.ProcessorCount);
            (_used, _measuredAt) = (used, clock.GetTimestamp());
        }
    }

    /// <exception cref="RoomRefusedException">The machine is full.</exception>
    public void AdmitPublisher()
    {
        if (Load >= fullAt)
            throw new RoomRefusedException(RoomRefusal.TooBusy,
                $"The server is at {Load * 100:0} % of its processors and takes no new publishers now.", TimeSpan.FromSeconds(10));
    }
}
