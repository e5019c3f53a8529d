using System.Text;
using LiveFace.Cluster.Calls;

namespace LiveFace.Cluster.Tests.Calls;

public sealed class NodeSignatureTests
{
    private const string Secret = "a secret of the cluster, thirty-two letters and more";
    private const string Path = "/whip/room?a=1";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("v=0");

    private readonly ManualClock _clock = new();

    [Fact]
    public void A_call_of_a_node_is_known_once()
    {
        var here = new NodeSignature(Secret, _clock);
        var header = new NodeSignature(Secret, _clock).Sign("a", "POST", Path, Body);
        here.TryVerify(header, "POST", Path, Body, out var node).ShouldBeTrue();
        node.ShouldBe("a");
        here.TryVerify(header, "POST", Path, Body, out _).ShouldBeFalse();
    }

    [Fact]
    public void Anything_changed_is_refused()
    {
        var here = new NodeSignature(Secret, _clock);
        string Signed() => here.Sign("a", "POST", Path, Body);
        here.TryVerify(null, "POST", Path, Body, out _).ShouldBeFalse();
        here.TryVerify("", "POST", Path, Body, out _).ShouldBeFalse();
        here.TryVerify("a 1 2 3", "POST", Path, Body, out _).ShouldBeFalse();
        here.TryVerify(Signed(), "PUT", Path, Body, out _).ShouldBeFalse();
        here.TryVerify(Signed(), "POST", Path + "&b=2", Body, out _).ShouldBeFalse();
        here.TryVerify(Signed(), "POST", Path, Encoding.UTF8.GetBytes("v=1"), out _).ShouldBeFalse();
        here.TryVerify("b" + Signed()[1..], "POST", Path, Body, out _).ShouldBeFalse();
        here.TryVerify(Signed()[..^1] + "g", "POST", Path, Body, out _).ShouldBeFalse();
        new NodeSignature(Secret + "!", _clock).TryVerify(Signed(), "POST", Path, Body, out _).ShouldBeFalse();
    }

    [Fact]
    public void Nobody_adds_to_a_call_that_its_body_streams_or_who_asks()
    {
        var here = new NodeSignature(Secret, _clock);
        foreach (var name in (string[])[NodeSignature.StreamedHeader, .. NodeSignature.SignedHeaders])
        {
            Func<string, string?> headers = header => header == name ? "value" : null;
            here.TryVerify(here.Sign("a", "POST", Path, default, headers), "POST", Path, default, out _, headers).ShouldBeTrue();
            here.TryVerify(here.Sign("a", "POST", Path, default), "POST", Path, default, out _, headers).ShouldBeFalse(name);
            here.TryVerify(here.Sign("a", "POST", Path, default, headers), "POST", Path, default, out _).ShouldBeFalse(name);
        }
    }

    [Fact]
    public void A_call_of_earlier_or_later_is_refused_and_what_is_remembered_is_forgotten_only_after_that()
    {
        var here = new NodeSignature(Secret, _clock);
        var header = here.Sign("a", "GET", Path, default);
        _clock.Advance(TimeSpan.FromSeconds(29));
        here.TryVerify(header, "GET", Path, default, out _).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromSeconds(2));
        here.TryVerify(header, "GET", Path, default, out _).ShouldBeFalse();

        var ahead = new ManualClock();
        ahead.Advance(TimeSpan.FromSeconds(62));
        here.TryVerify(new NodeSignature(Secret, ahead).Sign("a", "GET", Path, default), "GET", Path, default, out _).ShouldBeFalse();
    }
}
