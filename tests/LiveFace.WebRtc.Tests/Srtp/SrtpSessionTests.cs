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
        using var sender = new SrtpSender(SrtpPackets.Keys(profile));
        using var receiver = new SrtpReceiver(SrtpPackets.Keys(profile));
        for (var length = 0; length < 1300; length += 7)
        {
            var plain = SrtpPackets.Packet((ushort)length, length);
            var sent = SrtpPackets.Protect(sender, plain);
            sent.AsSpan(12, length).SequenceEqual(plain.AsSpan(12)).ShouldBe(length == 0);
            receiver.UnprotectRtp(sent).ShouldBe(plain.Length);
            sent.AsSpan(0, plain.Length).SequenceEqual(plain).ShouldBeTrue();
        }
    }

    [Theory, MemberData(nameof(ProfileNumbers))]
    public void Rtcp_goes_through_and_a_repeated_one_does_not(int profile)
    {
        using var sender = new SrtpSender(SrtpPackets.Keys(profile));
        using var receiver = new SrtpReceiver(SrtpPackets.Keys(profile));
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

    [Theory, MemberData(nameof(ProfileNumbers))]
    public void Protecting_and_opening_allocate_nothing(int profile)
    {
        using var sender = new SrtpSender(SrtpPackets.Keys(profile));
        using var receiver = new SrtpReceiver(SrtpPackets.Keys(profile));
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
}
