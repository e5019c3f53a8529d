using LiveFace.Vision.Models;
using static LiveFace.Vision.Tests.Detection.Decoders.DecoderBench;

namespace LiveFace.Vision.Tests.Detection.Decoders;

/// <summary>The expected boxes are worked out by hand from each model's paper or published code.</summary>
public sealed class FaceDecoderTests
{
    [Fact]
    public void Face_cells_read_fifteen_planes_of_each_stride()
    {
        var bench = new DecoderBench(96, 64);
        foreach (var stride in new[] { 8, 16, 32 })
        {
            int columns = 96 / stride, cells = columns * (64 / stride);
            var map = bench.Output($"s{stride}", 1, 15, 64 / stride, columns);
            Array.Fill(map, -9, 0, cells);
            if (stride != 16)
                continue;
            // Row 1, column 4, its middle, two strides wide and four high; the nose one stride right of the corner.
            var cell = columns + 4;
            map[cell] = MathF.Log(0.8f / 0.2f);
            map[cells + cell] = map[2 * cells + cell] = 0.5f;
            map[3 * cells + cell] = MathF.Log(2);
            map[4 * cells + cell] = MathF.Log(4);
            map[9 * cells + cell] = 1;
        }

        var seen = bench.One(ModelDecoder.FaceCells);
        ShouldBe(seen.Box, 72 - 16, 24 - 32, 72 + 16, 24 + 32);
        seen.Score.ShouldBe(0.8f, 1e-5f);
        seen.Landmarks!.Value.NoseX.ShouldBe(80, 0.01f);
        seen.Landmarks!.Value.NoseY.ShouldBe(16, 0.01f);
    }

    [Fact]
    public void Scrfd_measures_from_the_corner_of_the_cell()
    {
        var bench = new DecoderBench(64, 32);
        foreach (var stride in new[] { 8, 16, 32 })
        {
            var rows = 64 / stride * (32 / stride) * 2;
            var scores = bench.Output($"score_{stride}", rows, 1);
            var boxes = bench.Output($"bbox_{stride}", rows, 4);
            var points = bench.Output($"kps_{stride}", rows, 10);
            if (stride != 8)
                continue;
            // Row 2, column 3, second anchor.
            var i = (2 * 8 + 3) * 2 + 1;
            scores[i] = 0.6f;
            (boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]) = (1, 0.5f, 2, 1.5f);
            points[10 * i + 4] = 0.5f;
        }

        var seen = bench.One(ModelDecoder.Scrfd);
        ShouldBe(seen.Box, 24 - 8, 16 - 4, 24 + 16, 16 + 12);
        seen.Landmarks!.Value.NoseX.ShouldBe(28);
        seen.Landmarks!.Value.NoseY.ShouldBe(16);
    }

    [Fact]
    public void YuNet_takes_the_mean_of_two_scores()
    {
        var bench = new DecoderBench(64, 64);
        foreach (var stride in new[] { 8, 16, 32 })
        {
            var rows = 64 / stride * (64 / stride);
            var classes = bench.Output($"cls_{stride}", 1, rows, 1);
            var objects = bench.Output($"obj_{stride}", 1, rows, 1);
            var boxes = bench.Output($"bbox_{stride}", 1, rows, 4);
            bench.Output($"kps_{stride}", 1, rows, 10);
            if (stride != 16)
                continue;
            var i = 1 * 4 + 2;
            (classes[i], objects[i]) = (0.9f, 0.4f);
            (boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]) = (0.5f, 0.25f, MathF.Log(2), 0);
        }

        var seen = bench.One(ModelDecoder.YuNet);
        seen.Score.ShouldBe(0.6f, 1e-5f);
        ShouldBe(seen.Box, 40 - 16, 20 - 8, 40 + 16, 20 + 8);
    }

    [Fact]
    public void CenterFace_gives_rows_before_columns()
    {
        var bench = new DecoderBench(32, 32);
        var heat = bench.Output("537", 1, 1, 8, 8);
        var scale = bench.Output("538", 1, 2, 8, 8);
        var offset = bench.Output("539", 1, 2, 8, 8);
        var points = bench.Output("540", 1, 10, 8, 8);
        var cell = 3 * 8 + 5;
        heat[cell] = 0.7f;
        scale[cell] = MathF.Log(3);
        scale[64 + cell] = MathF.Log(2);
        offset[cell] = 0.25f;
        offset[64 + cell] = -0.25f;
        points[cell] = 0.5f;
        points[64 + cell] = 0.25f;
        var seen = bench.One(ModelDecoder.CenterFace);
        // Middle (5 − 0.25 + 0.5)·4 = 21 across, (3 + 0.25 + 0.5)·4 = 15 down; 8 wide, 12 high.
        ShouldBe(seen.Box, 17, 9, 25, 21);
        seen.Landmarks!.Value.RightEyeX.ShouldBe(19, 0.01f);
        seen.Landmarks!.Value.RightEyeY.ShouldBe(15, 0.01f);
    }
}
