using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Tests.Effects;

public class BoxOverlayTests
{
    private static readonly RgbColor Green = new(0, 208, 132);

    [Fact]
    public void The_inside_of_a_box_is_left_alone_and_its_edge_has_its_colour()
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Noise(pool, 320, 240);
        var before = TestFrame.Planes(frame);
        using var overlay = new BoxOverlay();

        overlay.Draw(frame, new PixelRect(100, 80, 60, 50), Green, []);

        var colour = YuvColor.From(Green);
        for (var x = 100; x < 160; x++)
        {
            (frame.RowY(80)[x], frame.RowU(40)[x / 2], frame.RowV(40)[x / 2]).ShouldBe((colour.Y, colour.U, colour.V));
            (frame.RowY(129)[x], frame.RowU(64)[x / 2], frame.RowV(64)[x / 2]).ShouldBe((colour.Y, colour.U, colour.V));
        }

        for (var y = 82; y < 128; y++)
            for (var x = 102; x < 158; x++)
                frame.RowY(y)[x].ShouldBe(before[0][y, x]);
        frame.RowY(79)[100].ShouldBe(before[0][79, 100]);
    }

    [Fact]
    public void A_label_is_written_above_the_box_with_soft_edges()
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Flat(pool, 640, 480, 100, 128, 128);
        using var overlay = new BoxOverlay();

        overlay.Draw(frame, new PixelRect(200, 200, 100, 100), RgbColor.Black, "Größe 12");

        var levels = new HashSet<byte>();
        for (var y = 170; y < 200; y++)
            foreach (var value in frame.RowY(y)[200..300])
                levels.Add(value);
        levels.ShouldContain((byte)16);
        levels.ShouldContain((byte)235);
        levels.Count.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void No_box_and_no_label_makes_it_throw()
    {
        using var pool = new FramePool();
        using var overlay = new BoxOverlay();
        int[] numbers = [int.MinValue, -500, -1, 0, 1, 3, 50, 400, int.MaxValue];
        string[] labels = ["", "a", "Ä\u0000\n\t🙂", new string('w', 500), "\ud800", "日本語"];
        var random = new Random(4);
        foreach (var (width, height) in new[] { (1, 1), (2, 7), (63, 33), (640, 480) })
        {
            using var frame = TestFrame.Noise(pool, width, height);
            for (var i = 0; i < 400; i++)
                overlay.Draw(frame, new PixelRect(Pick(), Pick(), Pick(), Pick()), Green, labels[random.Next(labels.Length)]);
        }

        int Pick() => numbers[random.Next(numbers.Length)];
    }

    [Fact]
    public void Nothing_is_allocated_once_the_letters_are_known()
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Noise(pool, 640, 480);
        using var overlay = new BoxOverlay();
        overlay.Draw(frame, new PixelRect(50, 50, 90, 90), Green, "person 0123456789 %");

        var before = ThreadAllocations.Begin();
        for (var i = 0; i < 20; i++)
            overlay.Draw(frame, new PixelRect(50 + i, 50, 90, 90), Green, "person 97 %");
        ThreadAllocations.Since(before).ShouldBe(0);
    }
}
