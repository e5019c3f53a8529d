using System.Diagnostics;
using LiveFace.Media.Codecs;
using LiveFace.Media.Images;
using LiveFace.Media.Sandbox;
using LiveFace.Media.Tests.Codecs;
using LiveFace.Media.Tests.Images;

namespace LiveFace.Media.Tests.Sandbox;

/// <summary>Workers start, die and idle; each stream has its own.</summary>
public sealed class DecoderWorkerTests : DecoderSandboxTestBase
{
    [Fact]
    public async Task Whatever_keeps_workers_from_starting_is_told_and_tried_again()
    {
        using var sandbox = new DecoderSandbox(SandboxMode.Required, new WorkerCommand("", []));
        sandbox.Warm();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (sandbox.CountOf(WorkerEnd.NotStarted) < 2)
            await Task.Delay(20, limit.Token);
        sandbox.Problem.ShouldNotBeNull().ShouldContain("do not start");
    }

    [Fact]
    public async Task The_native_worker_is_taken_where_there_is_one()
    {
        var folder = Directory.CreateTempSubdirectory("liveface-worker-");
        try
        {
            WorkerCommand.In(folder.FullName, "liveface").Arguments.ShouldBe([WorkerCommand.Verb]);
            var native = Path.Combine(folder.FullName, WorkerCommand.Native);
            await File.WriteAllBytesAsync(native, [], Cancel);
            var command = WorkerCommand.In(folder.FullName, "liveface");
            (command.Program, command.Arguments.Count).ShouldBe((native, 0));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_killed_worker_costs_its_stream_a_keyframe_and_no_other_stream_anything()
    {
        var frames = LiveStreams.Encode(VideoCodec.Vp8, _pool, 160, 120, 8, keyEvery: 4);
        using var killed = _sandbox.OpenDecoder(VideoCodec.Vp8, _pool, new DecoderSettings());
        await BeginAsync(killed, frames[0].Data);
        var victim = _sandbox.LastTaken;
        using var other = _sandbox.OpenDecoder(VideoCodec.Vp8, _pool, new DecoderSettings());
        await BeginAsync(other, frames[0].Data);

        using (var process = Process.GetProcessById(victim))
            process.Kill();
        DecodeVerdict verdict;
        while ((verdict = Decode(killed, frames[1].Data)) == DecodeVerdict.Picture)
            await Task.Delay(1, Cancel);
        verdict.ShouldBe(DecodeVerdict.Lost);
        Decode(other, frames[1].Data).ShouldBe(DecodeVerdict.Picture);
        await BeginAsync(killed, frames[4].Data);
        Decode(killed, frames[5].Data).ShouldBe(DecodeVerdict.Picture);
        Decode(other, frames[2].Data).ShouldBe(DecodeVerdict.Picture);
        _sandbox.CountOf(WorkerEnd.Died).ShouldBe(1);
    }

    [Fact]
    public void Where_workers_cannot_be_started_it_is_decoded_here_if_the_mode_allows()
    {
        var key = LiveStreams.Encode(VideoCodec.Vp8, _pool, 64, 48, 1)[0].Data;
        using var preferred = new DecoderSandbox(SandboxMode.Preferred, new WorkerCommand("/no/such/program", []));
        using var decoder = preferred.OpenDecoder(VideoCodec.Vp8, _pool, new DecoderSettings());
        SpinUntil(() => Decode(decoder, key) == DecodeVerdict.Picture);
        preferred.Problem.ShouldBeNull();
        preferred.Refusal.ShouldNotBeNull().ShouldContain("/no/such/program");

        using var required = new DecoderSandbox(SandboxMode.Required, new WorkerCommand("/no/such/program", []));
        using var refused = required.OpenDecoder(VideoCodec.Vp8, _pool, new DecoderSettings());
        SpinUntil(() => Decode(refused, key) == DecodeVerdict.NeedKeyFrame && required.Problem is not null);
        Should.Throw<ImageException>(() => required.ReadPicture(Pictures.File(ImageFormat.Png), _pool, out _));
    }

    [Fact]
    public async Task Idle_streams_leave_no_process_behind()
    {
        var key = LiveStreams.Encode(VideoCodec.Vp8, _pool, 64, 48, 1)[0].Data;
        for (var i = 0; i < 3; i++)
        {
            using var decoder = _sandbox.OpenDecoder(VideoCodec.Vp8, _pool, new DecoderSettings());
            await BeginAsync(decoder, key);
        }

        _sandbox.Active.ShouldBe(0);
        _sandbox.CountOf(WorkerEnd.Finished).ShouldBe(3);
        _sandbox.CountOf(WorkerEnd.Died).ShouldBe(0);
    }

    private static void SpinUntil(Func<bool> condition) =>
        SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(60)).ShouldBeTrue();
}
