using System.Diagnostics.Metrics;

namespace LiveFace.WebRtc.Transport;

/// <summary>What the endpoint drops and why, and how many sessions it has; readable through a meter.</summary>
internal sealed class EndpointCounters : IDisposable
{
    const string MeterName = "LiveFace.WebRtc";

    readonly Meter _meter;
    readonly bool _ownsMeter;
    readonly long[] _drops = new long[Enum.GetValues<DropReason>().Length];

    public EndpointCounters(IMeterFactory? factory, Func<int> peers)
    {
        _ownsMeter = factory is null;
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _meter.CreateObservableUpDownCounter("webrtc.peers", peers, "{peer}", "Sessions that have not closed.");
        _meter.CreateObservableCounter("webrtc.datagrams.dropped", ReadDrops, "{datagram}", "Datagrams dropped, by reason.");
    }

    public void Drop(DropReason reason) => Interlocked.Increment(ref _drops[(int)reason]);

    public long Dropped(DropReason reason) => Interlocked.Read(ref _drops[(int)reason]);

    public void Dispose()
    {
        // A factory's meters are disposed with the factory.
        if (_ownsMeter)
            _meter.Dispose();
    }

    IEnumerable<Measurement<long>> ReadDrops() =>
        Enum.GetValues<DropReason>().Select(
            reason => new Measurement<long>(Dropped(reason), new KeyValuePair<string, object?>("reason", reason.ToString())));
}
