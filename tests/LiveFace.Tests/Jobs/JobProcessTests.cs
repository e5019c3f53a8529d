using LiveFace.Features.Jobs.Work;
using LiveFace.Features.Jobs.State;
using LiveFace.Media.Sandbox;

namespace LiveFace.Tests.Jobs;

/// <summary>A worker as a process, from the server's side.</summary>
public sealed class JobProcessTests
{
    [Fact]
    public async Task One_that_is_called_off_before_its_order_is_sent_is_called_off_and_no_fault()
    {
        var died = new List<string>();
        var order = new JobOrder
        {
            Folder = Directory.CreateTempSubdirectory("liveface-test-").FullName,
            Name = "me.mp4",
            Kind = JobKind.Film,
            Policy = "{}",
            Renders = true,
            Generation = 1,
            SegmentSeconds = 30,
            Models = "models",
            Device = "cpu",
            Sandbox = SandboxMode.Required,
        };

        await Should.ThrowAsync<OperationCanceledException>(() => JobProcess.RunAsync(order, _ => { }, died.Add, new CancellationToken(canceled: true)));
        died.ShouldBeEmpty();
    }
}
