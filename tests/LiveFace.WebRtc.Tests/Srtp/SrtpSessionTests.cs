using System.Buffers.Binary;
using LiveFace.WebRtc.Srtp;

namespace LiveFace.WebRtc.Tests.Srtp;

public sealed class SrtpSessionTests
{
    internal static readonly SrtpProfile[] Profiles = [SrtpProfile.Aes128CmSha1, SrtpProfile.Aes128Gcm];

    public static TheoryData<int> ProfileNumbers => [.. Profiles.Select(profile => (int)profile)];

    [Theory, MemberData(nameof(ProfileNumbers))]
    public void What_one_side_protects_the_other_opens(int profile)
    {
        using var sender = new SrtpSender(Keys(profile));
        using var receiver = new SrtpReceiver(Keys(profile));
        for (var length = 0; length < 1300; length += 7)
        {
            var plain = Packet((ushort)length, length);
            var sent = Protect(sender, plain);
            sent.AsSpan(12, length).SequenceEqual(plain.AsSpan(12)).ShouldBe(length == 0);
            receiver.UnprotectRtp(sent).ShouldBe(plain.Length);
            sent.AsSpan(0, plain.Length).SequenceEqual(plain).ShouldBeTrue();
        }
    }

    [Theory, MemberData(nameof(ProfileNumbers))]
    public void Rtcp_goes_through_and_a_repeated_one_does_not(int profile)
    {
        using var sender = new SrtpSender(Keys(profile));
        using var receiver = new SrtpReceiver(Keys(profile));
        var buffer = new byte[200];
        buffer[0] = 0x80;
        buffer[1] = 201;
        buffer[3] = 1;
        buffer[7] = 9;
        var length = sender.ProtectRtcp(buffer, 8);
        var copy = buffer.AsSpan(0, length).ToArray();

        receiver.UnprotectRtcp(buffer.AsSpan(0, length)).ShouldBe(8);
        receiver.UnprotectRtcp(copy).ShouldBe(-1);
    }

    [Theory, MemberData(nameof(ProfileNumbers))] // RFC 3711 3.3.2
    public void A_replayed_packet_is_refused(int profile)
    {
        using var sender = new SrtpSender(Keys(profile));
        using var receiver = new SrtpReceiver(Keys(profile));
        var first = Protect(sender, Packet(1, 50));
        var again = first.ToArray();
        receiver.UnprotectRtp(first).ShouldBe(62);
        receiver.UnprotectRtp(again).ShouldBe(-1);
    }

    [Theory, MemberData(nameof(ProfileNumbers))] // RFC 3711 3.3.1
    public void The_rollover_counter_follows_the_sequence_number_round_with_reordering(int profile)
    {
        using var sender = new SrtpSender(Keys(profile));
        using var receiver = new SrtpReceiver(Keys(profile));
        foreach (var sequence in (int[])[65533, 65535, 65534, 0, 2, 1, 65532, 3, 32000, 64000, 65535, 10, 20000, 40000, 65000, 7])
            receiver.UnprotectRtp(Protect(sender, Packet((ushort)sequence, 20))).ShouldBe(32, $"sequence {sequence}");
    }

    [Theory, MemberData(nameof(ProfileNumbers))]
    public void A_packet_with_any_bit_turned_is_refused_and_changes_nothing(int profile)
    {
        using var sender = new SrtpSender(Keys(profile));
        using var receiver = new SrtpReceiver(Keys(profile));
        var sent = Protect(sender, Packet(7, 30));
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
        using var sender = new SrtpSender(Keys(7));
        using var receiver = new SrtpReceiver(Keys(7));
        var opened = 0;
        for (var ssrc = 1u; ssrc <= 1000; ssrc++)
        {
            var packet = Packet(1, 10);
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
            opened += receiver.UnprotectRtp(Protect(sender, packet)) > 0 ? 1 : 0;
        }

        opened.ShouldBe(64);
    }

    [Theory, MemberData(nameof(ProfileNumbers))]
    public void Protecting_and_opening_allocate_nothing(int profile)
    {
        using var sender = new SrtpSender(Keys(profile));
        using var receiver = new SrtpReceiver(Keys(profile));
        var buffer = new byte[1300];

        Pass(1);
        var before = ThreadAllocations.Begin();
        Pass(1001);
        ThreadAllocations.Since(before).ShouldBe(0);

        void Pass(int from)
        {
            for (var sequence = from; sequence < from + 1000; sequence++)
            {
                buffer[0] = 0x80;
                buffer[1] = 96;
                BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(2), (ushort)sequence);
                var length = sender.ProtectRtp(buffer, 1112);
                if (receiver.UnprotectRtp(buffer.AsSpan(0, length)) != 1112)
                    throw new InvalidOperationException("It did not open.");
            }
        }
    }

    internal static SrtpKeyMaterial Keys(int profile) => SrtpKeyMaterial.FromExport(
        (SrtpProfile)profile,
        Enumerable.Range(0, SrtpKeyMaterial.ExportLength((SrtpProfile)profile)).Select(i => (byte)i).ToArray()).Client;

    internal static byte[] Packet(ushort sequence, int payload)
    {
        var packet = new byte[12 + payload];
        packet[0] = 0x80;
        packet[1] = 96;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
        packet[11] = 5;
        packet.AsSpan(12).Fill(0xAB);
        return packet;
    }

    internal static byte[] Protect(SrtpSender sender, byte[] plain)
    {
        var buffer = new byte[plain.Length + 32];
        plain.CopyTo(buffer, 0);
        return buffer[..sender.ProtectRtp(buffer, plain.Length)];
    }
}
