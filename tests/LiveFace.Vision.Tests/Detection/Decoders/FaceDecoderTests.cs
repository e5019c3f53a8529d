using LiveFace.Vision.Models;
using static LiveFace.Vision.Tests.Detection.Decoders.DecoderBench;

namespace LiveFace.Vision.Tests.Detection.Decoders;

/// <summary>The expected boxes are worked out by hand from each model's paper or published code.</summary>
public sealed class FaceDecoderTests
{
    [Fact]
    public void UltraFace_moves_and_grows_its_priors()
    {
        var bench = new DecoderBench(320, 240);
        var scores = bench.Output("scores", 1, 4420, 2);
        var offsets = bench.Output("offsets", 1, 4420, 4);
        // Stride 8: 40 columns of three priors. Row 2, column 5, the 16-pixel prior: centre (44, 20).
        var prior = (2 * 40 + 5) * 3 + 1;
        scores[2 * prior + 1] = 0.9f;
        offsets[4 * prior] = 5;
        offsets[4 * prior + 1] = -2.5f;
        offsets[4 * prior + 2] = 5 * MathF.Log(2);
        // Centre moves by a tenth of the prior's side for each one; five logarithms of two double the width.
        var seen = bench.One(ModelDecoder.UltraFace);
        ShouldBe(seen.Box, 44 + 8 - 16, 20 - 4 - 8, 44 + 8 + 16, 20 - 4 + 8);
        seen.Score.ShouldBe(0.9f);
    }

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
    public void UltraFace_as_published_gives_parts_of_the_picture()
    {
        var bench = new DecoderBench(320, 240);
        bench.Output("scores", 1, 4420, 2)[2 * 100 + 1] = 0.8f;
        var boxes = bench.Output("boxes", 1, 4420, 4);
        (boxes[400], boxes[401], boxes[402], boxes[403]) = (0.25f, 0.5f, 0.5f, 0.75f);
        ShouldBe(bench.One(ModelDecoder.UltraFace).Box, 80, 120, 160, 180);
    }

    [Fact]
    public void RetinaFace_reads_two_anchors_in_a_cell()
    {
        var bench = new DecoderBench(64, 64);
        foreach (var stride in new[] { 32, 16, 8 })
        {
            var side = 64 / stride;
            var cells = side * side;
            var scores = bench.Output($"face_rpn_cls_prob_reshape_stride{stride}", 1, 4, side, side);
            var boxes = bench.Output($"face_rpn_bbox_pred_stride{stride}", 1, 8, side, side);
            var points = bench.Output($"face_rpn_landmark_pred_stride{stride}", 1, 20, side, side);
            if (stride != 16)
                continue;
            // Second anchor (64 pixels) of the cell at row 1, column 2; 'none' is likely in the first planes.
            var cell = side + 2;
            scores[cell] = 1;
            scores[3 * cells + cell] = 0.75f;
            boxes[4 * cells + cell] = 0.25f;
            boxes[7 * cells + cell] = MathF.Log(0.5f);
            points[10 * cells + cell] = 2.5f;
        }

        var seen = bench.One(ModelDecoder.RetinaFace);
        // Middle of the anchor: 7.5 + 2·16 across, 7.5 + 16 down; a quarter of 64 to the right; half as high.
        ShouldBe(seen.Box, 55.5f - 32, 23.5f - 16, 55.5f + 32, 23.5f + 16);
        seen.Landmarks!.Value.RightEyeX.ShouldBe(39.5f + 2.5f * 64 * 0.2f, 0.01f);
        seen.Landmarks!.Value.RightEyeY.ShouldBe(23.5f, 0.01f);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BlazeFace_reads_both_strides(bool joined)
    {
        var bench = new DecoderBench(256, 256);
        float[] boxes, scores;
        if (joined)
        {
            boxes = bench.Output("regressors", 1, 896, 16);
            scores = bench.Output("classificators", 1, 896, 1);
            Array.Fill(scores, -100);
        }
        else
        {
            Array.Fill(bench.Output("scores1", 1, 512, 1), -100);
            scores = bench.Output("scores2", 1, 384, 1);
            Array.Fill(scores, -100);
            bench.Output("boxes1", 1, 512, 16);
            boxes = bench.Output("boxes2", 1, 384, 16);
        }

        // Coarse stride 32, row 1, column 3, anchor 5: middle (112, 48).
        var index = (joined ? 512 : 0) + (1 * 8 + 3) * 6 + 5;
        scores[index] = MathF.Log(3);
        (boxes[16 * index], boxes[16 * index + 1], boxes[16 * index + 2], boxes[16 * index + 3]) = (8, -8, 40, 60);
        (boxes[16 * index + 4], boxes[16 * index + 5]) = (-10, -12);
        var seen = bench.One(ModelDecoder.BlazeFace);
        seen.Score.ShouldBe(0.75f, 1e-5f);
        ShouldBe(seen.Box, 100, 10, 140, 70);
        seen.Landmarks!.Value.RightEyeX.ShouldBe(102);
        seen.Landmarks!.Value.RightEyeY.ShouldBe(36);
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
