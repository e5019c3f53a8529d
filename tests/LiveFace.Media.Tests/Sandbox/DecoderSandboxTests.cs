using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;
using LiveFace.Media.Tests.Codecs;
using LiveFace.Media.Tests.Images;

namespace LiveFace.Media.Tests.Sandbox;

/// <summary>Decoding in workers gives what decoding in place gives.</summary>
public sealed class DecoderSandboxTests : DecoderSandboxTestBase
{
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

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.WebP)]
    public void Pictures_are_read_as_outside(ImageFormat format)
    {
        var file = ExifBytes.Into(Pictures.File(format, 97, 65), format, ExifBytes.Make(6, little: true));
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
}
