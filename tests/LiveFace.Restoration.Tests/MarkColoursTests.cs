using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Restoration.Fit;

namespace LiveFace.Restoration.Tests;

/// <summary>Marks of two colours, and of those between them.</summary>
public sealed class MarkColoursTests
{
    [Fact]
    public async Task A_mark_of_two_colours_is_read_off_and_taken_off_as_in_Python()
    {
        var file = await File.ReadAllBytesAsync(Checkout.PathOf("training", "watermark", "shades.bin"), TestContext.Current.CancellationToken);
        var (height, width) = (BitConverter.ToInt32(file, 0), BitConverter.ToInt32(file, 4));
        var area = height * width;
        var numbers = new float[3 * area + 7];
        Buffer.BlockCopy(file, 8, numbers, 0, file.Length - 8);
        var cover = Array.ConvertAll(numbers[area..(2 * area)], value => (byte)(value * 255));
        var read = numbers[(2 * area)..(2 * area + 7)];
        var mask = (byte[])cover.Clone();

        using var pool = new FramePool(0);
        using var frame = ImageFile.Decode(TestPng.Of(width, height, (x, y) => ((uint)numbers[y * width + x] * 0x01010100u) | 0xFF), pool);
        var mark = MarkFit.Of(frame, mask, cover)!.Value;
        mark.Opacity.ShouldBe(read[0], 0.01);
        double[] expected = [read[1], read[4]], found = [mark.Red, mark.Second!.Value.R];
        found.Order().ToArray().ShouldBe([.. expected.Order()], 4);

        MarkRepair.Apply(frame, mask, cover, mark);
        double off = 0;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                off += Math.Abs((frame.RowY(y)[x] - 16) * 255 / 219.0 - numbers[2 * area + 7 + y * width + x]) / area;
        off.ShouldBeLessThan(0.6);
    }

    [Fact]
    public void The_colours_of_a_film_stay_on_their_sides_when_they_are_found_the_other_way_round()
    {
        Colour dark = new(20, 30, 40), pale = new(220, 210, 200);
        var mark = Mark.Of(0.4, dark, pale);
        var next = mark.Towards(Mark.Of(0.5, pale, dark), 0.25);
        (next.Red, next.Second).ShouldBe((dark.R, pale));
        next.Opacity.ShouldBe(0.425, 1e-9);

        // Where one picture shows but one colour, the two come nearer to it.
        var nearer = mark.Towards(Mark.Of(0.4, pale), 0.25);
        nearer.Red.ShouldBe(70);
        nearer.Second.ShouldBe(pale);
        Mark.Of(0.4, dark).Towards(Mark.Of(0.4, pale), 0.25).Second.ShouldBeNull();
    }
}
