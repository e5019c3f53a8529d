using LiveFace.Media.Frames;
using LiveFace.Restoration.Tiles;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Restoration.Tests;

/// <summary>Tiles, seams and what is written back, with nets whose answers are known.</summary>
public sealed class WatermarkRemoverTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(13, 7)]
    [InlineData(5, 300)]
    [InlineData(511, 17)]
    [InlineData(512, 512)]
    [InlineData(513, 1023)]
    [InlineData(1400, 700)]
    public async Task A_mark_goes_from_a_picture_of_any_size_and_nothing_else_changes(int width, int height)
    {
        using var models = MarkModels.Red();
        using var sessions = Open(models, out var catalogue, out _);
        var remover = await WatermarkRemover.OpenAsync(catalogue, sessions, progress: null, Cancel);
        using var pool = new FramePool(0);
        using var frame = Scene(pool, width, height, marked: true, out var marks);
        using var bare = Scene(pool, width, height, marked: false, out _);
        var look = remover.Remove(frame, Cancel);
        look.Mask.Count(value => value >= MarkLook.Marked).ShouldBe(marks);
        long left = 0, moved = 0;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var off = Math.Abs(frame.RowY(y)[x] - bare.RowY(y)[x]);
                if (look.Mask[y * width + x] == 0)
                    off.ShouldBe(0, $"{x},{y}");
                else
                    (left, moved) = (left + off, moved + Math.Abs(Marked(bare.RowY(y)[x]) - bare.RowY(y)[x]));
            }

        // In the smallest pictures there is too little to read a mark off.
        if (width * height < 100_000)
            return;
        look.Found!.Value.Opacity.ShouldBe(0.5, 0.04);
        (left / (double)moved).ShouldBeLessThan(0.25);
    }

    [Fact]
    public async Task A_red_thing_in_the_picture_that_is_none_of_the_mark_stays()
    {
        using var models = MarkModels.Red();
        using var sessions = Open(models, out var catalogue, out _);
        var remover = await WatermarkRemover.OpenAsync(catalogue, sessions, progress: null, Cancel);
        using var pool = new FramePool(0);
        using var frame = Scene(pool, 640, 480, marked: true, out _);
        // Far from the mark's lines, brighter than what it could make of these greys, and with the colours that it has.
        for (var y = 20; y < 90; y++)
            frame.RowY(y).Slice(380, 60).Fill(150);
        for (var y = 10; y < 45; y++)
        {
            frame.RowU(y).Slice(190, 30).Fill(100);
            frame.RowV(y).Slice(190, 30).Fill(200);
        }

        var look = remover.Remove(frame, Cancel);
        look.Found!.Value.Opacity.ShouldBe(0.5, 0.04);
        ((int)frame.RowY(60)[436]).ShouldBeInRange(148, 152);
        look.Mask[60 * 640 + 436].ShouldBeLessThan((byte)MarkLook.Marked);
        look.Mask[240 * 640 + 14].ShouldBe((byte)255, "the mark itself is kept");
    }

    [Fact]
    public async Task A_picture_without_a_mark_stays_to_the_bit()
    {
        using var models = MarkModels.Red();
        using var sessions = Open(models, out var catalogue, out _);
        var remover = await WatermarkRemover.OpenAsync(catalogue, sessions, progress: null, Cancel);
        using var pool = new FramePool(0);
        using var frame = Scene(pool, 700, 530, marked: false, out _);
        using var bare = Scene(pool, 700, 530, marked: false, out _);
        var look = remover.Remove(frame, Cancel);
        look.IsEmpty.ShouldBeTrue();
        look.Measures.Confidence.ShouldBeNull();
        for (var y = 0; y < 530; y++)
            frame.RowY(y).SequenceEqual(bare.RowY(y)).ShouldBeTrue($"row {y}");
        for (var y = 0; y < 265; y++)
            (frame.RowU(y).SequenceEqual(bare.RowU(y)) && frame.RowV(y).SequenceEqual(bare.RowV(y))).ShouldBeTrue($"chroma {y}");
    }

    [Fact]
    public async Task A_few_marked_pixels_are_no_mark()
    {
        using var models = MarkModels.Red();
        using var sessions = Open(models, out var catalogue, out _);
        var remover = await WatermarkRemover.OpenAsync(catalogue, sessions, progress: null, Cancel);
        using var pool = new FramePool(0);
        foreach (var (width, height) in new[] { (1, 1), (2, 3), (9, 2) })
        {
            using var frame = Scene(pool, width, height, marked: true, out var marks);
            using var before = Scene(pool, width, height, marked: false, out _);
            marks.ShouldBeGreaterThan(0);
            remover.Remove(frame, Cancel).IsEmpty.ShouldBeTrue();
            frame.RowY(0)[0].ShouldBe(Marked(before.RowY(0)[0]));
        }
    }

    [Fact]
    public async Task Tiles_meet_without_a_step()
    {
        using var models = MarkModels.Means();
        using var sessions = Open(models, out var catalogue, out _);
        var remover = await WatermarkRemover.OpenAsync(catalogue, sessions, progress: null, Cancel);
        using var pool = new FramePool(0);
        using var frame = pool.Rent(1300, 900);
        for (var y = 0; y < 900; y++)
            for (var x = 0; x < 1300; x++)
                frame.RowY(y)[x] = (byte)(20 + (x + y) / 12);
        for (var y = 0; y < 450; y++)
        {
            frame.RowU(y).Fill(128);
            frame.RowV(y).Fill(128);
        }

        var mask = remover.Look(frame, Cancel).Mask;
        var largest = 0;
        for (var y = 1; y < 900; y++)
            for (var x = 1; x < 1300; x++)
                largest = Math.Max(largest, Math.Max(
                    Math.Abs(mask[y * 1300 + x] - mask[y * 1300 + x - 1]), Math.Abs(mask[y * 1300 + x] - mask[(y - 1) * 1300 + x])));
        // The means of neighbouring tiles lie 39 apart; on the way from one to the other no step is seen.
        (mask[800 * 1300 + 1250] - mask[100 * 1300 + 100]).ShouldBeGreaterThan(60);
        largest.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void Tiles_reach_every_pixel_and_share_enough_with_their_neighbours()
    {
        for (var length = 1; length < 5000; length += 7)
        {
            var (starts, side) = (TileAxis.Starts(length), TileAxis.SideFor(length));
            (side % 16).ShouldBe(0);
            starts[0].ShouldBe(0);
            (starts[^1] + side).ShouldBeGreaterThanOrEqualTo(length);
            for (var i = 1; i < starts.Length; i++)
                (starts[i - 1] + side - starts[i]).ShouldBeGreaterThanOrEqualTo(TileAxis.Overlap - 1);
            for (var at = 0; at < side + 3; at++)
                TileAxis.Mirrored(at, length).ShouldBeInRange(0, length - 1);
        }
    }

    [Fact]
    public async Task Measures_are_those_of_the_card()
    {
        using var models = MarkModels.Red();
        using var sessions = Open(models, out var catalogue, out _);
        var remover = await WatermarkRemover.OpenAsync(catalogue, sessions, progress: null, Cancel);
        using var pool = new FramePool(0);
        using var frame = Scene(pool, 640, 400, marked: true, out var marks);
        var measures = remover.Look(frame, Cancel).Measures;
        measures.MaskShare.ShouldBe(marks / (640.0 * 400), 1e-9);
        measures.Confidence!.Value.ShouldBe(1, 0.01);
        // Half of the way from a grey of about 104 to (254, 0, 0) is taken back.
        measures.ResidualEnergy!.Value.ShouldBe(61, 4);
        measures.Size.ShouldBe(Math.Sqrt(640 * 400), 1e-9);
        measures.Brightness.ShouldBeInRange(60, 140);
        measures.Sharpness.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task A_model_of_another_kind_is_refused_by_name()
    {
        using var models = MarkModels.Red();
        var local = Path.Combine(models.Path, "models.local.json");
        await File.WriteAllTextAsync(local, (await File.ReadAllTextAsync(local, Cancel)).Replace("watermark.onnx", "none.onnx", StringComparison.Ordinal), Cancel);
        using var sessions = Open(models, out var catalogue, out _);
        (await Should.ThrowAsync<ModelException>(() => WatermarkRemover.OpenAsync(catalogue, sessions, progress: null, Cancel))).Message.ShouldContain("watermark");
        await File.WriteAllTextAsync(local, """{"off":["liveface"]}""", Cancel);
        var without = ModelCatalogue.Load(models.Path);
        if (!without.Models.Any(model => model is { Job: ModelJob.Watermark, IsOn: true }))
            (await Should.ThrowAsync<ModelException>(() => WatermarkRemover.OpenAsync(without, sessions, progress: null, Cancel))).Message.ShouldContain("liveface models");
    }

    [Fact]
    public async Task It_stops_when_told_to()
    {
        using var models = MarkModels.Red();
        using var sessions = Open(models, out var catalogue, out _);
        var remover = await WatermarkRemover.OpenAsync(catalogue, sessions, progress: null, Cancel);
        using var pool = new FramePool(0);
        using var frame = Scene(pool, 100, 100, marked: true, out _);
        Should.Throw<OperationCanceledException>(() => remover.Remove(frame, new CancellationToken(canceled: true)));
    }

    private static InferenceSessions Open(MarkModels models, out ModelCatalogue catalogue, out ModelPreparation preparation)
    {
        catalogue = ModelCatalogue.Load(models.Path);
        preparation = new ModelPreparation(catalogue, TimeProvider.System);
        return new InferenceSessions(catalogue, preparation, new InferenceOptions { Device = "cpu", Threads = 1 });
    }

    private static byte Marked(byte luma) => (byte)((luma + 81) / 2);

    /// <summary>Grey slopes with grain, and pairs of rows and columns half under red, a mark that covers whole chroma samples.</summary>
    private static VideoFrame Scene(FramePool pool, int width, int height, bool marked, out int marks)
    {
        var frame = pool.Rent(width, height);
        var random = new Random(5);
        marks = 0;
        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            frame.RowU(y).Fill(128);
            frame.RowV(y).Fill(128);
        }

        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var luma = (byte)(60 + (x + y) % 80 + random.Next(12));
                var isRed = marked && ((x >> 1) % 40 == 7 || (y >> 1) % 50 == 0);
                frame.RowY(y)[x] = isRed ? Marked(luma) : luma;
                if (!isRed)
                    continue;
                marks++;
                (frame.RowU(y >> 1)[x >> 1], frame.RowV(y >> 1)[x >> 1]) = (109, 184);
            }

        return frame;
    }
}
