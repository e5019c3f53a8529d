using System.Text.Json;
using LiveFace.Features.Cluster;
using LiveFace.Http;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Attributes;

namespace LiveFace.Cluster.Tests.Feeds;

/// <summary>What one node tells comes out at the other as it went in.</summary>
public sealed class FeedLineTests
{
    [Fact]
    public void Every_kind_of_line_is_read_as_it_was_written()
    {
        var spread = new Spread(1, 2);
        FeedLine[] lines =
        [
            new() { State = new RoomState("room", new RoomPublisher(DateTimeOffset.UnixEpoch, "vp8", 320, 240, true), 2, 1, RoomCover.Asked, 7) { Muted = true, Reads = ["age"] } },
            new() { Policy = """{"version":3}""" },
            new() { Notice = new RoomNotice("room", NoticeLevel.Warning, "covered", "The picture is covered.") },
            new()
            {
                Detections = new RoomDetections("room", 90_000, 12, 320, 240, true,
                    [new RoomObject(1, "faces", "face", 0.9f, new RoomBox(0.1f, 0.2f, 0.3f, 0.4f), true, new FaceAttributes(new(30, 25, 35), new("female", 0.9f), null))])
                { View = new RoomBox(0, 0, 0.5f, 0.5f) },
            },
            new()
            {
                Statistics = new RoomStatistics("room", DateTimeOffset.UnixEpoch, new RoomVideo("vp8", 320, 240, 15, 15, 100, 90),
                    new RoomStages(spread, spread, spread, spread, spread, spread), new Dictionary<string, long>(StringComparer.Ordinal) { ["late"] = 1 },
                    new RoomDetector("faces", "cpu", 10, 5, DetectorState.Ready), RoomCover.None, 0.5, new RoomPeer(1, 2, 3, 4, 5, 6, "udp"), 2),
            },
            new() { Ended = true },
            new(),
        ];
        foreach (var line in lines)
        {
            var json = JsonSerializer.Serialize(line, ApiJson.Options);
            JsonSerializer.Serialize(JsonSerializer.Deserialize<FeedLine>(json, ApiJson.Options), ApiJson.Options).ShouldBe(json);
        }
    }
}
