using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Looks;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Films.Tests.Detection;

/// <summary>A picture that takes long, as a thorough look does, holds up none of those behind it.</summary>
public sealed class LooksAheadTests : IDisposable
{
    private readonly PortraitFilm _film = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_one_picture_takes_long_all_others_are_looked_at_and_they_are_written_in_their_order()
    {
        await _film.MakeAsync();
        using var held = new HeldDetector(await RealModels.FacesAsync());
        var options = new DetectionOptions { Workers = 2, ThoroughEvery = 1000, ThoroughAtCuts = false };
        using var output = new MemoryStream();
        var looking = new FilmDetection(new FilmFile(_film.In, FfmpegTools.OnPath), [new FileModel("faces", held)], options).RunAsync(output, Cancel);
        await Eventually.IsAsync(() => held.Others == PortraitFilm.Pictures - 1);
        looking.IsCompleted.ShouldBeFalse();
        held.LetGo();
        await looking;
        using var reader = BoxFileReader.Read(new MemoryStream(output.ToArray()), "in.boxes.json");
        var picture = new BoxPicture();
        for (var i = 0; i < PortraitFilm.Pictures; i++)
        {
            reader.TryNext(picture).ShouldBeTrue();
            (picture.Index, picture.IsLookedAt(1)).ShouldBe((i, true));
        }
    }

    public void Dispose() => _film.Dispose();

    /// <summary>A real detector whose first answer does not come until it is let go.</summary>
    private sealed class HeldDetector(IDetector inner) : IDetector
    {
        private readonly ManualResetEventSlim _go = new();
        private int _asked;
        private int _others;

        public int Others => Volatile.Read(ref _others);

        public string ModelId => inner.ModelId;

        public IReadOnlyList<string> Labels => inner.Labels;

        public DetectionThresholds Thresholds => inner.Thresholds;

        public InputSize InputSize => inner.InputSize;

        public int InputStep => inner.InputStep;

        public int SmallestFace => inner.SmallestFace;

        public bool TakesTurns => inner.TakesTurns;

        public void LetGo() => _go.Set();

        public IDetectorLane OpenLane(int slots) => new Lane(this, inner.OpenLane(slots));

        public void Dispose()
        {
            _go.Set();

        }

        private sealed class Lane(HeldDetector owner, IDetectorLane inner) : IDetectorLane
        {
            public int Pending => inner.Pending;

            public void Prepare(int pictureWidth, ReadOnlySpan<InputSize> inputs, ReadOnlySpan<InputSize> turned) => inner.Prepare(pictureWidth, inputs, turned);

            public bool Sample(VideoFrame frame, PixelRect window, InputSize size) => inner.Sample(frame, window, size);

            public bool Sample(VideoFrame frame, PixelRect window, InputSize size, QuarterTurns turns) => inner.Sample(frame, window, size, turns);

            public void Reset() => inner.Reset();

            public void Dispose() => inner.Dispose();

            public DetectionVerdict Infer(DetectionList found)
            {
                var isFirst = Interlocked.Increment(ref owner._asked) == 1;
                if (isFirst)
                    owner._go.Wait(Cancel);
                var verdict = inner.Infer(found);
                if (!isFirst)
                    Interlocked.Increment(ref owner._others);
                return verdict;
            }
        }
    }
}
