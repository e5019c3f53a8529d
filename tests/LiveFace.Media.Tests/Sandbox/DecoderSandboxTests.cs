using System.Diagnostics;
using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;
using LiveFace.Media.Sandbox;
using LiveFace.Media.Tests.Codecs;
using LiveFace.Media.Tests.Images;

namespace LiveFace.Media.Tests.Sandbox;

/// <summary>Decoding in workers gives what decoding in place gives.</summary>
public sealed class DecoderSandboxTests : IDisposable
{
    private readonly FramePool _pool = new();
    private readonly DecoderSandbox _sandbox = new(SandboxMode.Required, WorkerProgram.Honest);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _sandbox.Dispose();
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
    }

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

    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.Vp9)]
    [InlineData(VideoCodec.H264)]
    public async Task Each_codec_gives_the_same_pictures_as_outside(VideoCodec codec)
    {
        var frames = LiveStreams.Encode(codec, _pool, 322, 182, 30, keyEvery: 10);
        using var inside = _sandbox.OpenDecoder(codec, _pool, new DecoderSettings());
        using var outside = VideoCodecs.CreateDecoder(codec, _pool);
        await BeginAsync(inside, frames[0].Data);
        for (var i = 0; i < frames.Count; i++)
        {
            inside.Decode(frames[i].Data, TimeSpan.FromSeconds(i), out var picture).ShouldBe(DecodeVerdict.Picture);
            outside.Decode(frames[i].Data, TimeSpan.FromSeconds(i), out var expected).ShouldBe(DecodeVerdict.Picture);
            using (picture)
            using (expected)
            {
                LiveStreams.LumaPsnr(picture!, expected!).ShouldBeGreaterThan(99);
                picture!.CaptureTime.ShouldBe(expected!.CaptureTime);
            }
        }

        _sandbox.Refusal.ShouldBeNull();
        inside.Decode([1, 2, 3, 4], default, out _).ShouldBe(outside.Decode([1, 2, 3, 4], default, out _));
    }

    [Fact]
    public async Task A_picture_over_the_limit_is_refused_inside_too()
    {
        var large = LiveStreams.Encode(VideoCodec.Vp8, _pool, 320, 240, 1)[0].Data;
        using var decoder = _sandbox.OpenDecoder(VideoCodec.Vp8, _pool, new DecoderSettings { MaximumPixels = 64 * 48 });
        await BeginAsync(decoder, LiveStreams.Encode(VideoCodec.Vp8, _pool, 64, 48, 1)[0].Data);
        decoder.Decode(large, default, out _).ShouldBe(DecodeVerdict.NeedKeyFrame);
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

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.WebP)]
    public void Pictures_are_read_as_outside(ImageFormat format)
    {
        var file = Pictures.WithExif(Pictures.File(format, 97, 65), format, Pictures.Exif(6, little: true));
        using var inside = _sandbox.ReadPicture(file, _pool, out var info);
        using var outside = ImageFile.Decode(file, _pool);
        info.ShouldBe(ImageFile.Identify(file));
        (inside.Width, inside.Height).ShouldBe((65, 97));
        Pictures.MeanDifference(inside, outside).ShouldBe(0);
        _sandbox.ReadRgba(file, out _).Pixels.ToArray().ShouldBe(ImageFile.DecodeRgba(file).Pixels.ToArray());
    }

    [Fact]
    public void A_refused_picture_is_refused_with_the_same_words()
    {
        var file = Pictures.File(ImageFormat.Png, 200, 160);
        foreach (var (bytes, limits) in new[] { (file[..(file.Length / 2)], ImageLimits.Default), (file, new ImageLimits(MaximumPixels: 100)) })
        {
            var inside = Should.Throw<ImageException>(() => _sandbox.ReadPicture(bytes, _pool, out _, limits));
            var outside = Should.Throw<ImageException>(() => ImageFile.Decode(bytes, _pool, limits));
            (inside.Error, inside.Message).ShouldBe((outside.Error, outside.Message));
        }
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

    /// <summary>Until a worker has started there is no picture; nobody waits for it inside.</summary>
    private static async Task BeginAsync(IVideoDecoder decoder, byte[] key)
    {
        var began = Stopwatch.StartNew();
        while (Decode(decoder, key) != DecodeVerdict.Picture)
        {
            began.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
            await Task.Delay(5, Cancel);
        }
    }

    private static void SpinUntil(Func<bool> condition) =>
        SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(60)).ShouldBeTrue();

    private static DecodeVerdict Decode(IVideoDecoder decoder, ReadOnlySpan<byte> data)
    {
        var verdict = decoder.Decode(data, default, out var picture);
        picture?.Dispose();
        return verdict;
    }
}
