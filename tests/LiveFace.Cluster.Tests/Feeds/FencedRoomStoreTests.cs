using LiveFace.Features.Cluster;
using LiveFace.Rooms;

namespace LiveFace.Cluster.Tests.Feeds;

public sealed class FencedRoomStoreTests
{
    [Fact]
    public void A_node_that_lost_a_room_changes_nothing_of_what_is_kept_of_it()
    {
        var kept = new Kept();
        var owners = new Owners();
        var store = new FencedRoomStore(kept, owners, owners);
        store.NoteInForce("room", "brought");
        store.SavePolicy("room", "covered");
        owners.Noted.ShouldBeNull("what is kept takes its place");
        store.NoteInForce("room", "brought");
        owners.Has = false;
        store.RemovePolicy("room");
        store.SavePolicyLater("room", "lax", known: null);
        store.SaveMoreLater("room", "lax", known: null);
        Should.Throw<ClusterException>(() => store.SavePolicy("room", "lax"));
        Should.Throw<ClusterException>(() => store.SaveMore("room", "lax"));
        Should.Throw<ClusterException>(() => store.SaveMuted("room", false));
        kept.Writes.ShouldBe(["policy covered"]);
        store.FindPolicy("room").ShouldBe("covered");
        store.FindInForce("room").ShouldBe("brought");
        owners.Has = true;
        store.RemovePolicy("room");
        store.FindPolicy("room").ShouldBeNull();
        store.FindInForce("room").ShouldBeNull();
    }

    private sealed class Owners : IRoomOwners, INotedPolicies
    {
        public bool Has { get; set; } = true;

        public string Node => "a";

        public string? Noted { get; private set; }

        public string? FindPolicy(string room) => Noted;

        public void NotePolicy(string room, string? policy) => Noted = policy;

        public ValueTask<RoomOwner?> FindAsync(string room, CancellationToken cancel) => throw new NotSupportedException();

        public ValueTask<RoomOwner> ClaimAsync(string room, CancellationToken cancel) => throw new NotSupportedException();

        public bool Owns(string room) => Has;

        public long? EpochHere(string room) => Has ? 1 : null;
    }

    private sealed class Kept : IRoomStore
    {
        private string? _policy;

        public List<string> Writes { get; } = [];

        public string? FindPolicy(string room) => _policy;

        public void SavePolicy(string room, string json) => Write("policy " + (_policy = json));

        public void SavePolicyLater(string room, string json, string? known) => Write("later " + (_policy = json));

        public void RemovePolicy(string room)
        {
            _policy = null;
            Write("removed");
        }

        public string? FindInForce(string room) => throw new NotSupportedException();

        public void NoteInForce(string room, string? json) => throw new NotSupportedException();

        public (bool Muted, string? More) FindModeration(string room) => (false, null);

        public void SaveMuted(string room, bool muted) => Write("muted");

        public void SaveMore(string room, string json) => Write("more");

        public void SaveMoreLater(string room, string json, string? known) => Write("more later");

        private void Write(string what) => Writes.Add(what);
    }
}
