using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Redaction.Tests;

/// <summary>A model that finds what it is told, in every window or in the whole picture alone.</summary>
internal sealed class ScriptedDetector(string model, IReadOnlyList<string> labels) : IDetector
{
    public string ModelId => model;

    public IReadOnlyList<string> Labels => labels;

    public DetectionThresholds Thresholds { get; } = new(0.6f, 0.3f, 0.4f);

    public InputSize InputSize => new(640, 480);

    public int InputStep => 32;

    public int SmallestFace { get; init; } = 16;

    public DetectedObject[] Found { get; set; } = [];

    /// <summary>Outlines that go with the finds, by <see cref="DetectedObject.Mask"/>.</summary>
    public Action<DetectionList>? AddMasks { get; set; }

    public DetectionVerdict Verdict { get; set; }

    public bool Throws { get; set; }

    /// <summary>Told how many pixels of input a look takes, before it is over.</summary>
    public Action<int>? Worked { get; set; }

    /// <summary>Told of every window that is sampled.</summary>
    public Action<PixelRect, InputSize>? Sampled { get; set; }

    public IDetectorLane OpenLane(int slots) => new Lane(this, slots);

    public void Dispose()
    {
    }

    private sealed class Lane(ScriptedDetector owner, int slots) : IDetectorLane
    {
        private int _pixels;

        public int Pending { get; private set; }

        public bool Sample(VideoFrame frame, PixelRect window, InputSize size)
        {
            if (Pending == slots)
                return false;
            Pending++;
            _pixels += size.Area;
            owner.Sampled?.Invoke(window, size);
            return true;
        }

        public DetectionVerdict Infer(DetectionList found)
        {
            owner.Worked?.Invoke(_pixels);
            Reset();
            if (owner.Throws)
                throw new InvalidOperationException("The model was told to throw.");
            owner.AddMasks?.Invoke(found);
            foreach (var item in owner.Found)
                found.Add(item);
            return owner.Verdict;
        }

        public void Reset() => Pending = _pixels = 0;

        public void Dispose()
        {
        }
    }
}
