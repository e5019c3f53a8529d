using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Restoration.Fit;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Restoration.Tests;

/// <summary>
/// The net of the repository on the whole way from a picture file: what it says of a frame is what PyTorch said of the picture that the
/// frame was made of, but for the colours that frames have at half the size.
/// </summary>
public sealed class ShippedNetTests
{
    [Fact]
    public async Task A_frame_reaches_the_net_in_its_colours_and_its_range()
    {
        var cancel = TestContext.Current.CancellationToken;
        var file = await File.ReadAllBytesAsync(Checkout.PathOf("training", "watermark", "parity.bin"), cancel);
        var (height, width) = (BitConverter.ToInt32(file, 0), BitConverter.ToInt32(file, 4));
        var numbers = new float[6 * height * width + 4];
        Buffer.BlockCopy(file, 8, numbers, 0, file.Length - 8);
        var area = height * width;

        using var preparation = new ModelPreparation(RealModels.Catalogue, TimeProvider.System);
        using var sessions = new InferenceSessions(RealModels.Catalogue, preparation, new InferenceOptions { Device = "cpu", Threads = 1 });
        var remover = await WatermarkRemover.OpenAsync(RealModels.Catalogue, sessions, progress: null, cancel);
        using var pool = new FramePool(0);
        using var frame = ImageFile.Decode(TestPng.Of(width, height, (x, y) => Pixel(y * width + x)), pool);
        var look = remover.Look(frame, cancel);

        double off = 0, covered = 0;
        for (var i = 0; i < area; i++)
        {
            off += Math.Abs(look.Mask[i] / 255.0 - numbers[3 * area + i]) / area;
            covered += Math.Abs(look.Cover[i] / 255.0 - numbers[4 * area + i]) / area;
        }

        off.ShouldBeLessThan(0.06, "the mask");
        covered.ShouldBeLessThan(0.06, "the coverage");

        uint Pixel(int at) => (Byte(numbers[at]) << 24) | (Byte(numbers[area + at]) << 16) | (Byte(numbers[2 * area + at]) << 8) | 0xFF;
        static uint Byte(float value) => (uint)Math.Clamp(value * 255 + 0.5f, 0, 255);
    }

    [Fact]
    public async Task A_mark_whose_place_is_known_is_read_off_as_in_Python()
    {
        var file = await File.ReadAllBytesAsync(Checkout.PathOf("training", "watermark", "parity.bin"), TestContext.Current.CancellationToken);
        var (height, width) = (BitConverter.ToInt32(file, 0), BitConverter.ToInt32(file, 4));
        var area = height * width;
        var numbers = new float[6 * area + 4];
        Buffer.BlockCopy(file, 8, numbers, 0, file.Length - 8);
        var expected = numbers.AsSpan(5 * area, 4).ToArray();
        var truth = Array.ConvertAll(numbers[(5 * area + 4)..], value => (byte)(value * 255));

        // In grey, so that a frame has all of the picture's colours.
        using var pool = new FramePool(0);
        using var frame = ImageFile.Decode(TestPng.Of(width, height, (x, y) => Grey(y * width + x)), pool);
        var mark = MarkFit.Of(frame, truth, truth)!.Value;
        mark.Opacity.ShouldBe(expected[0], 0.01);
        mark.Red.ShouldBe(expected[1], 3);
        mark.Green.ShouldBe(expected[2], 3);
        mark.Blue.ShouldBe(expected[3], 3);

        uint Grey(int at) => (uint)Math.Round((numbers[at] + numbers[area + at] + numbers[2 * area + at]) / 3 * 255) * 0x01010100u | 0xFF;
    }
}
