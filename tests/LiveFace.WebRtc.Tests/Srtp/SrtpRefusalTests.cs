using System.Buffers.Binary;
using LiveFace.WebRtc.Srtp;

namespace LiveFace.WebRtc.Tests.Srtp;

/// <summary>Replayed, changed and unknown packets are refused and change nothing.</summary>
public sealed class SrtpRefusalTests
{
    [Theory, MemberData(nameof(SrtpSessionTests.ProfileNumbers), MemberType = typeof(SrtpSessionTests))] // RFC 3711 3.3.2
    public void A_replayed_packet_is_refused(int profile)
    {
        using var sender = new SrtpSender(SrtpPackets.Keys(profile));
        using var receiver = new SrtpReceiver(SrtpPackets.Keys(profile));
        var first = SrtpPackets.Protect(sender, SrtpPackets.Packet(1, 50));
        var again = first.ToArray();
        receiver.UnprotectRtp(first).ShouldBe(62);
        receiver.UnprotectRtp(again).ShouldBe(-1);
    }

    [Theory, MemberData(nameof(SrtpSessionTests.ProfileNumbers), MemberType = typeof(SrtpSessionTests))] // RFC 3711 3.3.1
    public void The_rollover_counter_follows_the_sequence_number_round_with_reordering(int profile)
    {
        using var sender = new SrtpSender(SrtpPackets.Keys(profile));
        using var receiver = new SrtpReceiver(SrtpPackets.Keys(profile));
        foreach (var sequence in (int[])[65533, 65535, 65534, 0, 2, 1, 65532, 3, 32000, 64000, 65535, 10, 20000, 40000, 65000, 7])
            receiver.UnprotectRtp(SrtpPackets.Protect(sender, SrtpPackets.Packet((ushort)sequence, 20))).ShouldBe(32, $"sequence {sequence}");
    }

    [Theory, MemberData(nameof(SrtpSessionTests.ProfileNumbers), MemberType = typeof(SrtpSessionTests))]
    public void A_packet_with_any_bit_turned_is_refused_and_changes_nothing(int profile)
    {
        using var sender = new SrtpSender(SrtpPackets.Keys(profile));
        using var receiver = new SrtpReceiver(SrtpPackets.Keys(profile));
        var sent = SrtpPackets.Protect(sender, SrtpPackets.Packet(7, 30));
        for (var bit = 0; bit < sent.Length * 8; bit++)
        {
            var forged = sent.ToArray();
            forged[bit / 8] ^= (byte)(1 << (bit % 8));
            receiver.UnprotectRtp(forged).ShouldBe(-1, $"bit {bit}");
        }

        receiver.UnprotectRtp(sent).ShouldBe(42);
    }

    [Fact]
    public void Sources_are_bounded()
    {
        using var sender = new SrtpSender(SrtpPackets.Keys(7));
        using var receiver = new SrtpReceiver(SrtpPackets.Keys(7));
        var opened = 0;
        for (var ssrc = 1u; ssrc <= 1000; ssrc++)
        {
            var packet = SrtpPackets.Packet(1, 10);
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
            opened += receiver.UnprotectRtp(SrtpPackets.Protect(sender, packet)) > 0 ? 1 : 0;
        }

        opened.ShouldBe(64);
    }
}
