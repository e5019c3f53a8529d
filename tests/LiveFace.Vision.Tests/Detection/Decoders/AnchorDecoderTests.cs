using LiveFace.Vision.Models;
using static LiveFace.Vision.Tests.Detection.Decoders.DecoderBench;

namespace LiveFace.Vision.Tests.Detection.Decoders;

/// <summary>Models with anchors or priors: UltraFace, RetinaFace, BlazeFace.</summary>
public sealed class AnchorDecoderTests
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
}
