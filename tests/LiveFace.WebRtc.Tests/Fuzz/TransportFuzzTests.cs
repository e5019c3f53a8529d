using System.Text;
using LiveFace.WebRtc.Ice;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Tests.Fuzz;

/// <summary>No input makes a parser throw what it does not document, or keep anything.</summary>
public sealed class TransportFuzzTests
{
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
}
