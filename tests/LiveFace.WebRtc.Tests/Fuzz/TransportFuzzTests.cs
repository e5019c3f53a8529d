using System.Net;
using System.Text;
using LiveFace.WebRtc.Dtls;
using LiveFace.WebRtc.Endpoint;
using LiveFace.WebRtc.Ice;
using LiveFace.WebRtc.Srtp;
using LiveFace.WebRtc.Tests.Clients;
using LiveFace.WebRtc.Tests.Srtp;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Tests.Fuzz;

/// <summary>No input makes a parser throw what it does not document, or keep anything.</summary>
public sealed class TransportFuzzTests
{
    [Fact]
    public async Task Broken_offers_are_answered_or_refused()
    {
        await using var endpoint = new RtcEndpoint(new() { BindAddresses = [IPAddress.Loopback], Port = 0, Tcp = false });
        endpoint.Start();
        var mutation = new Mutation(1);
        var good = Encoding.Latin1.GetBytes(new Offer().ToString());
        var lines = new Offer().ToString().Split("\r\n");
        var (taken, refused) = (0, 0);
        for (var i = 0; i < Mutation.Count(12_000); i++)
        {
            var text = i % 2 == 0 ? Encoding.Latin1.GetString(mutation.Mutate(good)) : Shuffle(lines, mutation.Random);
            try
            {
                endpoint.Accept(text, new()).Peer.Close();
                taken++;
            }
            catch (OfferRejectedException)
            {
                refused++;
            }
        }

        taken.ShouldBeGreaterThan(100);
        refused.ShouldBeGreaterThan(100);
        await Eventually.IsAsync(() => endpoint.Peers.Count == 0);
    }

    [Fact]
    public void Broken_descriptions_and_fragments_are_read_or_refused()
    {
        var mutation = new Mutation(2);
        var good = Encoding.Latin1.GetBytes(
            "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n"
            + "a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw network-id 1\r\n");
        var read = 0;
        for (var i = 0; i < Mutation.Count(60_000); i++)
        {
            try
            {
                WebRtc.Sdp.IceFragment.Read(Encoding.Latin1.GetString(mutation.Mutate(good)));
                read++;
            }
            catch (OfferRejectedException)
            {
                // Refused is fine.
            }
        }

        read.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Broken_checks_are_never_believed()
    {
        var mutation = new Mutation(3);
        var agent = new IceLiteAgent(IceCredentials.Create(), "them", "their password of length");
        var buffer = new byte[256];
        var writer = new StunWriter(buffer, StunMessageType.BindingRequest, new byte[12]);
        writer.Add(StunAttribute.Username, Encoding.ASCII.GetBytes(agent.Local.Ufrag + ":them"));
        writer.Add(StunAttribute.Priority, 1);
        writer.Add(StunAttribute.IceControlling, stackalloc byte[8]);
        writer.AddIntegrity(agent.Local.PasswordBytes);
        writer.AddFingerprint();
        var good = buffer[..writer.Length];
        var response = new byte[IceLiteAgent.MaximumResponse];
        var (read, believed) = (0, 0);
        for (var i = 0; i < Mutation.Count(200_000); i++)
        {
            var input = i % 4 == 0 ? mutation.RandomBytes(200) : mutation.Mutate(good);
            if (!StunMessage.TryRead(input, out var message))
                continue;
            read++;
            var verdict = agent.Handle(message, default, response, out _, out _, out _);

            // What stands behind MESSAGE-INTEGRITY is not covered by it and may differ.
            if (verdict is not IceVerdict.Ignored && !input.AsSpan(4, message.IntegrityOffset + 20).SequenceEqual(good.AsSpan(4, good.Length - 12)))
                believed++;
        }

        read.ShouldBeGreaterThan(1000);
        believed.ShouldBe(0);
    }

    [Fact]
    public void Broken_streams_end_and_never_overrun()
    {
        var mutation = new Mutation(4);
        for (var i = 0; i < Mutation.Count(60_000); i++)
        {
            var framing = new StreamFraming();
            var stream = mutation.RandomBytes(300);
            for (var at = 0; at < stream.Length && !framing.IsBroken;)
            {
                var count = Math.Min(stream.Length - at, mutation.Random.Next(1, 200));
                stream.AsSpan(at, count).CopyTo(framing.Free.Span);
                framing.Received(count);
                at += count;
                while (framing.TryTake(out var packet))
                    packet.Length.ShouldBeInRange(1, StreamFraming.MaximumPacket);
            }
        }
    }

    [Fact]
    public void Broken_srtp_is_refused()
    {
        var mutation = new Mutation(5);
        foreach (var profile in SrtpSessionTests.Profiles)
        {
            using var sender = new SrtpSender(SrtpSessionTests.Keys((int)profile));
            using var receiver = new SrtpReceiver(SrtpSessionTests.Keys((int)profile));
            var good = SrtpSessionTests.Protect(sender, SrtpSessionTests.Packet(77, 40));
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

    static string Shuffle(string[] lines, Random random)
    {
        var text = new StringBuilder("v=0\r\n");
        foreach (var line in lines)
        {
            if (random.Next(12) == 0)
                text.Append(lines[random.Next(lines.Length)]).Append("\r\n");
            if (random.Next(20) != 0)
                text.Append(line).Append("\r\n");
        }

        return text.ToString();
    }
}
