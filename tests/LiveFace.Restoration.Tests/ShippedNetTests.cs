using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
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
        var numbers = new float[7 * height * width];
        Buffer.BlockCopy(file, 8, numbers, 0, file.Length - 8);
        var area = height * width;

        using var preparation = new ModelPreparation(RealModels.Catalogue, TimeProvider.System);
        using var sessions = new InferenceSessions(RealModels.Catalogue, preparation, new InferenceOptions { Device = "cpu", Threads = 1 });
        var remover = await WatermarkRemover.OpenAsync(RealModels.Catalogue, sessions, progress: null, cancel);
        using var pool = new FramePool(0);
        using var frame = ImageFile.Decode(TestPng.Of(width, height, (x, y) => Pixel(y * width + x)), pool);
        var look = remover.Look(frame, cancel);

        double off = 0, restored = 0;
        for (var i = 0; i < area; i++)
        {
            off += Math.Abs(look.Mask[i] / 255.0 - numbers[3 * area + i]) / area;
            for (var channel = 0; channel < 3; channel++)
                restored += Math.Abs(look.Colours[i * 3 + channel] / 255.0 - numbers[(4 + channel) * area + i]) / (3 * area);
        }

        off.ShouldBeLessThan(0.06, "the mask");
        restored.ShouldBeLessThan(0.04, "what is under the mark");

        uint Pixel(int at) => (Byte(numbers[at]) << 24) | (Byte(numbers[area + at]) << 16) | (Byte(numbers[2 * area + at]) << 8) | 0xFF;
        static uint Byte(float value) => (uint)Math.Clamp(value * 255 + 0.5f, 0, 255);
    }
}
