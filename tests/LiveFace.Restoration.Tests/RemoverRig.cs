using LiveFace.Media.Frames;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Restoration.Tests;

/// <summary>A remover with nets whose answers are known, and scenes with a mark or without.</summary>
internal sealed class RemoverRig : IDisposable
{
    private readonly MarkModels _models;
    private readonly InferenceSessions _sessions;

    private RemoverRig(MarkModels models, InferenceSessions sessions, WatermarkRemover remover) =>
        (_models, _sessions, Remover) = (models, sessions, remover);

    public WatermarkRemover Remover { get; }

    public FramePool Pool { get; } = new(0);

    public static async Task<RemoverRig> OpenAsync(MarkModels models)
    {
        var sessions = Sessions(models, out var catalogue);
        return new(models, sessions, await WatermarkRemover.OpenAsync(catalogue, sessions, progress: null, TestContext.Current.CancellationToken));
    }

    public static InferenceSessions Sessions(MarkModels models, out ModelCatalogue catalogue)
    {
        catalogue = ModelCatalogue.Load(models.Path);
        var preparation = new ModelPreparation(catalogue, TimeProvider.System);
        return new InferenceSessions(catalogue, preparation, new InferenceOptions { Device = "cpu", Threads = 1 });
    }

    public void Dispose()
    {
        Pool.Dispose();
        _sessions.Dispose();
        _models.Dispose();
    }

    public static void Grey(VideoFrame frame)
    {
        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            frame.RowU(y).Fill(128);
            frame.RowV(y).Fill(128);
        }
    }

    public static byte Marked(byte luma) => (byte)((luma + 81) / 2);

    /// <summary>Grey slopes with grain, and pairs of rows and columns half under red, a mark that covers whole chroma samples.</summary>
    public VideoFrame Scene(int width, int height, bool marked, out int marks)
    {
        var frame = Pool.Rent(width, height);
        var random = new Random(5);
        marks = 0;
        Grey(frame);
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
