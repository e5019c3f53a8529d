using LiveFace.WebRtc.Statistics;

namespace LiveFace.WebRtc.Peers;

/// <summary>What a peer's transport has carried.</summary>
internal sealed class TransportCounters
{
    long _packetsSent;
    long _bytesSent;
    long _packetsReceived;
    long _bytesReceived;
    long _refused;
    long _discarded;

    public void Sent(int length, bool taken)
    {
        if (taken)
        {
            Interlocked.Increment(ref _packetsSent);
            Interlocked.Add(ref _bytesSent, length);
        }
        else
        {
            Interlocked.Increment(ref _discarded);
        }
    }

    public void Received(int length)
    {
        Interlocked.Increment(ref _packetsReceived);
        Interlocked.Add(ref _bytesReceived, length);
    }

    public void Refused() => Interlocked.Increment(ref _refused);

    public TransportStatistics Read() => new()
    {
        PacketsSent = Interlocked.Read(ref _packetsSent),
        BytesSent = Interlocked.Read(ref _bytesSent),
        PacketsReceived = Interlocked.Read(ref _packetsReceived),
        BytesReceived = Interlocked.Read(ref _bytesReceived),
        PacketsRefused = Interlocked.Read(ref _refused),
        PacketsDiscardedOnSend = Interlocked.Read(ref _discarded),
    };
}
