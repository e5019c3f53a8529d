using LiveFace.Media.Frames;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Restoration.Tests;

/// <summary>The pictures of a film, whose mark stands still.</summary>
public sealed class SteadyMaskTests
{
    private const int Side = 128;

    // Grey of 60, half under red; and a red that is too pale for the net.
    private const byte Grey = 60;
    private static readonly (byte Y, byte U, byte V) Red = (70, 109, 184);
    private static readonly (byte Y, byte U, byte V) Pale = (66, 122, 150);

    [Fact]
    public async Task A_mark_that_is_overlooked_once_is_taken_off_and_what_is_seen_once_is_left()
    {
        using var models = MarkModels.Red();
        var catalogue = ModelCatalogue.Load(models.Path);
        using var preparation = new ModelPreparation(catalogue, TimeProvider.System);
        using var sessions = new InferenceSessions(catalogue, preparation, new InferenceOptions { Device = "cpu", Threads = 1 });
        var cancel = TestContext.Current.CancellationToken;
        var steady = new SteadyMask(await WatermarkRemover.OpenAsync(catalogue, sessions, progress: null, cancel));
        using var pool = new FramePool(0);
        for (var i = 0; i < 30; i++)
        {
            using var frame = Picture(pool, Red, elsewhere: i == 20);
            steady.Remove(frame, cancel);
            ((int)frame.RowY(20)[20]).ShouldBeInRange(Grey - 2, Grey + 2, $"picture {i}");
            if (i == 20)
                frame.RowY(100)[100].ShouldBe(Red.Y, "one picture alone says so");
        }

        using var faint = Picture(pool, Pale, elsewhere: false);
        steady.Remove(faint, cancel);
        ((int)faint.RowY(20)[20]).ShouldBeLessThan(Pale.Y - 5, "the pictures before it say where the mark is");
        for (var i = 0; i < 40; i++)
        {
            using var bare = Picture(pool, Pale, elsewhere: false);
            steady.Remove(bare, cancel);
            if (i == 39)
                bare.RowY(20)[20].ShouldBe(Pale.Y, "the mark has been gone for long");
        }

        steady.Changed.ShouldBeInRange(31, 45);
    }

    private static VideoFrame Picture(FramePool pool, (byte Y, byte U, byte V) mark, bool elsewhere)
    {
        var frame = pool.Rent(Side, Side);
        FrameCopy.Fill(frame, Grey, 128, 128);
        Square(frame, 16, mark);
        if (elsewhere)
            Square(frame, 96, Red);
        return frame;
    }

    private static void Square(VideoFrame frame, int at, (byte Y, byte U, byte V) colour)
    {
        for (var y = at; y < at + 16; y++)
            frame.RowY(y).Slice(at, 16).Fill(colour.Y);
        for (var y = at / 2; y < at / 2 + 8; y++)
        {
            frame.RowU(y).Slice(at / 2, 8).Fill(colour.U);
            frame.RowV(y).Slice(at / 2, 8).Fill(colour.V);
        }
    }
}
