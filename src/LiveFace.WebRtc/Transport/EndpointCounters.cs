using System.Diagnostics.Metrics;

namespace LiveFace.WebRtc.Transport;

/// <summary>What the endpoint drops and why, and how many sessions it has; readable through a meter.</summary>
internal sealed class EndpointCounters : IDisposable
{
    const string MeterName = "LiveFace.WebRtc";

    readonly Meter _meter;
    readonly bool _ownsMeter;
    readonly Action<string, Exception>? _onFault;
    readonly long[] _drops = new long[Enum.GetValues<DropReason>().Length];

    public EndpointCounters(IMeterFactory? factory, Func<int> peers, Action<string, Exception>? onFault = null)
    {
        _onFault = onFault;
        _ownsMeter = factory is null;
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _meter.CreateObservableUpDownCounter("webrtc.peers", peers, "{peer}", "Sessions that have not closed.");
        _meter.CreateObservableCounter("webrtc.datagrams.dropped", ReadDrops, "{datagram}", "Datagrams dropped, by reason.");
    }

    public void Drop(DropReason reason) => Interlocked.Increment(ref _drops[(int)reason]);

    /// <summary>Counts an exception that was caught and tells the application of it.</summary>
    public void Fail(string place, Exception error, DropReason reason = DropReason.Failed)
    {
        Drop(reason);
        try
        {
            _onFault?.Invoke(place, error);
        }
#pragma warning disable CA1031 // Nothing is left to report that the report failed.
        catch (Exception)
#pragma warning restore CA1031
        {
            Drop(DropReason.HandlerThrew);
        }
    }

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
