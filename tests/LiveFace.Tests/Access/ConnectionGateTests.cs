using System.Net;
using LiveFace.Access;
using Microsoft.Extensions.Options;

namespace LiveFace.Tests.Access;

public sealed class ConnectionGateTests
{
    private readonly ManualClock _clock = new();
    private readonly List<string> _closed = [];

    [Fact]
    public void Of_an_address_with_too_many_the_longest_idle_goes_and_a_busy_one_never()
    {
        var gate = Gate(perAddress: 3, all: 100);
        var busy = Enter(gate, "203.0.113.1", "busy").ShouldNotBeNull();
        busy.Begin();
        Enter(gate, "203.0.113.1", "old");
        Enter(gate, "203.0.113.1", "new");
        Enter(gate, "203.0.113.2", "another's");
        Enter(gate, "203.0.113.1", "newest").ShouldNotBeNull();
        _closed.ShouldBe(["old"]);
    }

    [Fact]
    public void Nobody_gets_in_where_all_are_at_work_but_this_machine()
    {
        var gate = Gate(perAddress: 100, all: 2);
        Enter(gate, "203.0.113.1", "a")!.Begin();
        Enter(gate, "203.0.113.2", "b")!.Begin();
        Enter(gate, "203.0.113.3", "c").ShouldBeNull();
        Enter(gate, "127.0.0.1", "liveness").ShouldNotBeNull();
        _closed.ShouldBeEmpty();
    }

    [Fact]
    public void A_trusted_proxy_carries_many()
    {
        var gate = Gate(perAddress: 1, all: 100);
        Enter(gate, "10.0.0.5", "a").ShouldNotBeNull();
        Enter(gate, "10.0.0.5", "b").ShouldNotBeNull();
        _closed.ShouldBeEmpty();
    }

    [Fact]
    public void Who_leaves_makes_room()
    {
        var gate = Gate(perAddress: 1, all: 1);
        var first = Enter(gate, "203.0.113.1", "a").ShouldNotBeNull();
        first.Begin();
        gate.Leave(first);
        Enter(gate, "203.0.113.1", "b").ShouldNotBeNull();
        gate.Count.ShouldBe(1);
    }

    private ConnectionUse? Enter(ConnectionGate gate, string address, string name)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return gate.TryEnter(new IPEndPoint(IPAddress.Parse(address), 40000), () => _closed.Add(name));
    }

    private ConnectionGate Gate(int perAddress, int all)
    {
        var access = new AccessOptions();
        access.TrustedProxies.Add("10.0.0.0/8");
        return new ConnectionGate(
            Options.Create(new QuotaOptions { ConnectionsPerAddress = perAddress, Connections = all }), Options.Create(access), _clock);
    }
}
