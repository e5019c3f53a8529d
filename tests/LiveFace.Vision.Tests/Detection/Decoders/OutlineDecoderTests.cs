using LiveFace.Vision.Models;
using static LiveFace.Vision.Tests.Detection.Decoders.DecoderBench;

namespace LiveFace.Vision.Tests.Detection.Decoders;

/// <summary>Maps: outlines of things and people, and lines of text.</summary>
public sealed class OutlineDecoderTests
{
    // 64×64 has 64 + 16 + 4 candidates.
    private const int Candidates = 84;

    [Fact]
    public void Yolo_with_outlines_mixes_its_prototypes()
    {
        var bench = new DecoderBench(64, 64, classes: 2);
        var values = bench.Output("output0", 1, 4 + 2 + 32, Candidates);
        var prototypes = bench.Output("output1", 1, 32, 16, 16);
        void Set(int row, float value) => values[row * Candidates + 7] = value;
        Set(0, 32);
        Set(1, 32);
        Set(2, 32);
        Set(3, 16);
        Set(5, 0.9f);
        Set(6 + 3, 10);
        // The fourth prototype says 'inside' in its left half alone.
        for (var y = 0; y < 16; y++)
            for (var x = 0; x < 16; x++)
                prototypes[3 * 256 + y * 16 + x] = x < 8 ? 1 : -1;
        var found = bench.Run(ModelDecoder.YoloSeg);
        var seen = found.Items[0];
        seen.Class.ShouldBe(1);
        var mask = found.Masks[seen.Mask];
        ShouldBe(mask.Region, 16, 24, 48, 40);
        (mask.Width, mask.Height).ShouldBe((8, 4));
        mask.Values[0].ShouldBeGreaterThan((byte)250);
        mask.Values[7].ShouldBeLessThan((byte)5);
    }

    [Fact]
    public void A_map_of_text_gives_a_box_for_each_line()
    {
        var bench = new DecoderBench(64, 32);
        var map = bench.Output("map", 1, 1, 32, 64);
        Paint(map, 8, 4, 20, 5, 0.9f);
        Paint(map, 40, 20, 12, 4, 0.8f);
        Paint(map, 60, 2, 2, 2, 0.9f);
        Paint(map, 8, 20, 12, 4, 0.35f);
        var found = bench.Run(ModelDecoder.TextMap);
        found.Count.ShouldBe(2);
        // A core of 20×5 is grown by 100·1.6 / 50 = 3.2 on each side.
        ShouldBe(found.Items[0].Box, 4.8f, 0.8f, 31.2f, 12.2f);
        found.Items[1].Score.ShouldBe(0.8f, 1e-4f);

        static void Paint(float[] map, int left, int top, int width, int height, float value)
        {
            for (var y = top; y < top + height; y++)
                map.AsSpan(y * 64 + left, width).Fill(value);
        }
    }

    [Fact]
    public void An_outline_is_a_mask_and_the_box_around_it()
    {
        var bench = new DecoderBench(32, 32);
        var map = bench.Output("activation", 1, 32, 32, 1);
        for (var y = 10; y < 20; y++)
            map.AsSpan(y * 32 + 4, 8).Fill(0.8f);
        map[0] = 0.2f;
        var found = bench.Run(ModelDecoder.Outline);
        ShouldBe(found.Items[0].Box, 4, 10, 12, 20);
        found.Masks[found.Items[0].Mask].Values[10 * 32 + 4].ShouldBe((byte)204);
        found.Masks[found.Items[0].Mask].Values[0].ShouldBe((byte)51);
    }

    [Fact]
    public void Without_a_person_there_is_no_outline()
    {
        var bench = new DecoderBench(32, 32);
        bench.Output("activation", 1, 32, 32, 1);
        bench.Run(ModelDecoder.Outline).Count.ShouldBe(0);
    }
}
