using LiveFace.Rooms.Relay;
using LiveFace.Rooms.Relay.Remote;

namespace LiveFace.Rooms.Tests;

/// <summary>Ownership of a room that changes hands between nodes.</summary>
public sealed class RelayEpochTests
{
    [Fact]
    public void Nothing_of_an_older_ownership_is_taken_and_a_newer_one_goes_on_without_a_jump()
    {
        var epochs = new RelayEpochs();
        epochs.TryAdmit(5, out var first).ShouldBeTrue();
        var seen = epochs.Map(new RelayTimes(1_000, TimeSpan.FromSeconds(50), default), TimeSpan.FromSeconds(1));
        seen.RtpTimestamp.ShouldBe(1_000u);
        seen.CaptureTime.ShouldBe(TimeSpan.FromSeconds(1));

        // Later on the same way: 20 ms slower than the fastest.
        epochs.Map(new RelayTimes(91_000, TimeSpan.FromSeconds(51), default), TimeSpan.FromSeconds(2.02))
            .CaptureTime!.Value.TotalSeconds.ShouldBe(2, 0.001);

        epochs.TryAdmit(6, out var second).ShouldBeTrue();
        second.ShouldBe(first + 1);
        epochs.TryAdmit(5, out _).ShouldBeFalse();
        var after = epochs.Map(new RelayTimes(777_777, TimeSpan.FromSeconds(9), default), TimeSpan.FromSeconds(4.02));
        after.RtpTimestamp.ShouldBeInRange(91_000u + 179_998u, 91_000u + 180_002u);
        after.CaptureTime.ShouldBe(TimeSpan.FromSeconds(4.02));
    }
}
