using LiveFace.WebRtc.Dtls;
using LiveFace.WebRtc.Srtp;
using LiveFace.WebRtc.Tests.Srtp;

namespace LiveFace.WebRtc.Tests.Fuzz;

/// <summary>Broken SRTP and DTLS are refused.</summary>
public sealed class CryptoFuzzTests
{
    [Fact]
    public void Broken_srtp_is_refused()
    {
        var mutation = new Mutation(5);
        foreach (var profile in SrtpSessionTests.Profiles)
        {
            using var sender = new SrtpSender(SrtpPackets.Keys((int)profile));
            using var receiver = new SrtpReceiver(SrtpPackets.Keys((int)profile));
            var good = SrtpPackets.Protect(sender, SrtpPackets.Packet(77, 40));
            var opened = 0;

            // AesGcm throws inside on each forged packet, which is slow: fewer inputs for it.
            for (var i = 0; i < Mutation.Count(profile is SrtpProfile.Aes128Gcm ? 10_000 : 60_000); i++)
            {
                var input = i % 3 == 0 ? mutation.RandomBytes(120) : mutation.Mutate(good);
                if (input.AsSpan().SequenceEqual(good))
                    continue;
                opened += receiver.UnprotectRtp(input.ToArray()) >= 0 ? 1 : 0;
                opened += receiver.UnprotectRtcp(input.ToArray()) >= 0 ? 1 : 0;
            }

            opened.ShouldBe(0);
        }
    }

    [Fact]
    public void Broken_dtls_never_connects()
    {
        var mutation = new Mutation(6);
        using var context = new DtlsContext(DtlsCertificate.Create(DateTimeOffset.UnixEpoch.AddYears(60)));
        using var client = new DtlsSession(context, isServer: false, [context.Certificate.Fingerprint], 1200);
        client.Start();
        var hello = client.TakeDatagram().ToArray();
        DtlsRecords.AreWellFormed(hello).ShouldBeTrue();
        var wellFormed = 0;
        var server = new DtlsSession(context, isServer: true, [context.Certificate.Fingerprint], 1200);
        for (var i = 0; i < Mutation.Count(20_000); i++)
        {
            var input = i % 8 == 0 ? mutation.RandomBytes(200) : mutation.Mutate(hello);
            if (!DtlsRecords.AreWellFormed(input))
                continue;
            wellFormed++;
            server.Receive(input);
            while (server.TakeDatagram() is { IsEmpty: false })
            {
                // Whatever it answers goes nowhere.
            }

            server.State.ShouldBeOneOf(DtlsState.Handshaking, DtlsState.Failed, DtlsState.Closed);
            if (server.State is not DtlsState.Handshaking || i % 50 == 0)
            {
                server.Dispose();
                server = new DtlsSession(context, isServer: true, [context.Certificate.Fingerprint], 1200);
            }
        }

        server.Dispose();
        wellFormed.ShouldBeGreaterThan(1000);
    }
}
