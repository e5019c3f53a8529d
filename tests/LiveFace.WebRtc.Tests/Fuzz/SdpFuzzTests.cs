using System.Net;
using System.Text;
using LiveFace.WebRtc.Endpoint;
using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.WebRtc.Tests.Fuzz;

/// <summary>Offers, descriptions and fragments of any bytes.</summary>
public sealed class SdpFuzzTests
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
