using LiveFace.WebRtc.Dtls;

namespace LiveFace.WebRtc.Tests.Dtls;

/// <summary>Carries datagrams between two DTLS sessions, or loses them.</summary>
internal static class DtlsExchange
{
    public static void Exchange(DtlsSession one, DtlsSession other, Func<byte[], bool>? lose = null)
    {
        bool moved;
        do
        {
            moved = Pass(one, other, lose) | Pass(other, one, lose);
        }
        while (moved);
    }

    public static bool Pass(DtlsSession from, DtlsSession to, Func<byte[], bool>? lose)
    {
        var moved = false;
        while (from.TakeDatagram() is { IsEmpty: false } span)
        {
            var datagram = span.ToArray();
            moved = true;
            DtlsRecords.AreWellFormed(datagram).ShouldBeTrue();
            if (lose?.Invoke(datagram) is not true)
                to.Receive(datagram);
        }

        return moved;
    }
}
