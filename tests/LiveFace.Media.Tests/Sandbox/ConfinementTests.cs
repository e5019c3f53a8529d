using LiveFace.Media.Codecs;
using LiveFace.Media.Sandbox;

namespace LiveFace.Media.Tests.Sandbox;

/// <summary>What a worker that hostile bytes have taken over still can do.</summary>
public sealed class ConfinementTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_gets_no_file()
    {
        using var worker = await WorkerProcess.StartAsync(WorkerProgram.Hostile("file"), Cancel);
        worker.Problem.ShouldBeNull();
        worker.TryRun(default, [], Limit, out var result).ShouldBeTrue();
        result.Verdict.ShouldBe(-1);
    }

    [Theory]
    [InlineData("socket")]
    [InlineData("exec")]
    [InlineData("ptrace")]
    [InlineData("kill")]
    [InlineData("memory")]
    public async Task It_ends_when_it_tries(string attempt)
    {
        using var worker = await WorkerProcess.StartAsync(WorkerProgram.Hostile(attempt), Cancel);
        worker.Problem.ShouldBeNull();
        worker.TryRun(default, [], Limit, out _).ShouldBeFalse();
        worker.End.ShouldBe(WorkerEnd.Died);
    }

    [Fact]
    public async Task One_that_does_not_answer_is_killed()
    {
        using var worker = await WorkerProcess.StartAsync(WorkerProgram.Hostile("hang"), Cancel);
        worker.TryRun(default, [], TimeSpan.FromMilliseconds(300), out _).ShouldBeFalse();
        worker.End.ShouldBe(WorkerEnd.Hung);
        while (!worker.HasEnded)
            await Task.Delay(5, Cancel);
    }

    [Fact]
    public async Task A_picture_larger_than_can_be_is_not_believed()
    {
        using var pool = new Media.Frames.FramePool();
        using var sandbox = new DecoderSandbox(SandboxMode.Preferred, WorkerProgram.Hostile("lie"));
        using var decoder = sandbox.OpenDecoder(VideoCodec.Vp8, pool, new DecoderSettings());
        DecodeVerdict verdict;
        while ((verdict = decoder.Decode([1, 2, 3], default, out var picture)) == DecodeVerdict.NeedKeyFrame)
        {
            picture.ShouldBeNull();
            await Task.Delay(5, Cancel);
        }

        verdict.ShouldBe(DecodeVerdict.Lost);
        sandbox.CountOf(WorkerEnd.Lied).ShouldBe(1);
        pool.Outstanding.ShouldBe(0);
    }
}
