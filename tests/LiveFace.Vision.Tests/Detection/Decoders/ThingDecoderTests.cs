using LiveFace.Vision.Models;
using static LiveFace.Vision.Tests.Detection.Decoders.DecoderBench;

namespace LiveFace.Vision.Tests.Detection.Decoders;

public sealed class ThingDecoderTests
{
    // 64×64 has 64 + 16 + 4 candidates.
    private const int Candidates = 84;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Yolo_names_the_best_class(bool upright)
    {
        var bench = new DecoderBench(64, 64, classes: 3);
        var values = upright ? bench.Output("output0", 1, 7, Candidates) : bench.Output("output0", 1, Candidates, 7);
        void Set(int row, float value) => values[upright ? row * Candidates + 40 : 40 * 7 + row] = value;
        Set(0, 30);
        Set(1, 20);
        Set(2, 12);
        Set(3, 8);
        Set(4, 0.2f);
        Set(5, 0.8f);
        Set(6, 0.6f);
        var seen = bench.One(ModelDecoder.Yolo);
        ShouldBe(seen.Box, 24, 16, 36, 24);
        seen.Class.ShouldBe(1);
        seen.Score.ShouldBe(0.8f);
    }

    [Fact]
    public void A_main_object_is_one_box_however_unsure_and_never_one_that_is_none()
    {
        var bench = new DecoderBench(200, 100);
        var (box, certainty) = (bench.Output("box", 1, 4), bench.Output("certainty", 1, 1));
        (box[0], box[1], box[2], box[3], certainty[0]) = (-0.5f, 0.1f, 0.5f, 1.5f, 0.02f);
        var seen = bench.One(ModelDecoder.MainObject);
        ShouldBe(seen.Box, 0, 10, 100, 100);
        seen.Score.ShouldBe(0.02f);

        box[2] = float.NaN;
        bench.Run(ModelDecoder.MainObject).Count.ShouldBe(0);
        (box[2], certainty[0]) = (0.5f, float.NaN);
        bench.Run(ModelDecoder.MainObject).Count.ShouldBe(0);
        (box[0], certainty[0]) = (0.6f, 0.9f);
        bench.Run(ModelDecoder.MainObject).Count.ShouldBe(0);
    }

    [Fact]
    public void NanoDet_takes_the_mean_of_each_edges_distribution()
    {
        var bench = new DecoderBench(64, 64, classes: 4);
        for (var level = 0; level < 3; level++)
        {
            var rows = 64 >> level;
            rows = (8 >> level) * (8 >> level);
            var scores = bench.Output($"s{level}", 1, rows, 4);
            if (level == 1)
                scores[4 * 5 + 2] = 0.7f;
        }

        for (var level = 0; level < 3; level++)
        {
            var rows = (8 >> level) * (8 >> level);
            var edges = bench.Output($"e{level}", 1, rows, 44);
            if (level != 1)
                continue;
            // Nearly all of the weight on distances of 1, 1, 2 and half on 2, half on 3.
            edges[44 * 5 + 1] = 40;
            edges[44 * 5 + 11 + 1] = 40;
            edges[44 * 5 + 22 + 2] = 40;
            edges[44 * 5 + 33 + 2] = 40;
            edges[44 * 5 + 33 + 3] = 40;
        }

        var seen = bench.One(ModelDecoder.NanoDet);
        // Row 1, column 1 of stride 16: middle (24, 24).
        seen.Class.ShouldBe(2);
        ShouldBe(seen.Box, 8, 8, 56, 64);
    }

    [Theory]
    [InlineData(ModelDecoder.UltraFace)]
    [InlineData(ModelDecoder.RetinaFace)]
    [InlineData(ModelDecoder.BlazeFace)]
    [InlineData(ModelDecoder.Yolo)]
    [InlineData(ModelDecoder.YoloSeg)]
    [InlineData(ModelDecoder.NanoDet)]
    [InlineData(ModelDecoder.Scrfd)]
    [InlineData(ModelDecoder.YuNet)]
    [InlineData(ModelDecoder.CenterFace)]
    [InlineData(ModelDecoder.TextMap)]
    [InlineData(ModelDecoder.Outline)]
    [InlineData(ModelDecoder.FaceRes)]
    public void Outputs_of_another_shape_are_refused_by_name(ModelDecoder decoder)
    {
        var bench = new DecoderBench(64, 64);
        bench.Output("strange", 1, 3, 7);
        var refused = Should.Throw<ModelRefusedException>(() => bench.Run(decoder));
        refused.ModelId.ShouldBe("test");
        refused.Message.ShouldContain("'test'");
        refused.Message.ShouldContain(decoder == ModelDecoder.FaceRes ? "FaceRes" : "strange [1,3,7]");
    }
}
