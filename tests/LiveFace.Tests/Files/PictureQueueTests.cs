using LiveFace.Features.Files;
using LiveFace.Media.Native;
using LiveFace.Telemetry;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Files;

public sealed class PictureQueueTests
{
    [Fact]
    public async Task Pictures_are_worked_on_by_a_thread_that_gives_way_to_those_of_rooms()
    {
        await using var server = await RunningServer.StartAsync();
        using var queue = new PictureQueue(server.Services.GetRequiredService<FaultSink>());
        var rooms = ThreadNiceness.Current;
        var pictures = await queue.RunAsync(_ => ThreadNiceness.Current, TestContext.Current.CancellationToken);
        pictures.ShouldBe(Math.Min(19, rooms + PictureQueue.Niceness));
    }
}
