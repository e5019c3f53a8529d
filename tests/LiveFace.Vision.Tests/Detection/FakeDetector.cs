using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>A detector whose answers and troubles the test decides; it remembers where it was asked to look.</summary>
internal sealed class FakeDetector : IDetector
{
    public string ModelId => "fake";
    public IReadOnlyList<string> Labels { get; } = ["thing"];
    public DetectionThresholds Thresholds { get; init; } = new(0.6f, 0.3f, 0.4f);
    public InputSize InputSize { get; init; } = new(640, 480);
    public int InputStep { get; init; } = 32;

    /// <summary>What is in the frame; given where a window has its middle.</summary>
    public List<DetectedObject> Scene { get; } = [];
    public List<(PixelRect Window, InputSize Size)> Asked { get; } = [];
    public DetectionVerdict Verdict { get; set; }
    public bool Throws { get; set; }
    public Action? WhileInferring { get; set; }

    /// <summary>Smaller inputs show it nothing.</summary>
    public InputSize SmallestSeen { get; set; }

    /// <summary>Inputs of more pixels show it nothing.</summary>
    public int LargestSeen { get; set; } = int.MaxValue;

    public bool TakesTurns { get; init; }
    public int SmallestFace { get; init; }

    /// <summary>How the picture was turned, for each look at all of it that was not upright.</summary>
    public List<QuarterTurns> Turned { get; } = [];

    public IDetectorLane OpenLane(int slots) => new Lane(this, slots);

    public void Dispose()
    {
    }

    private sealed class Lane(FakeDetector owner, int slots) : IDetectorLane
    {
        private readonly List<(PixelRect Window, InputSize Size, QuarterTurns Turns)> _windows = [];

        public int Pending => _windows.Count;

        public bool Sample(VideoFrame frame, PixelRect window, InputSize size) => Sample(frame, window, size, QuarterTurns.None);

        public bool Sample(VideoFrame frame, PixelRect window, InputSize size, QuarterTurns turns)
        {
            if (_windows.Count == slots)
                return false;
            _windows.Add((window, size, turns));
            if (turns != QuarterTurns.None && window.Width == frame.Width && window.Height == frame.Height)
                owner.Turned.Add(turns);
            owner.Asked.Add((window, size));
            return true;
        }

        public DetectionVerdict Infer(DetectionList found)
        {
            owner.WhileInferring?.Invoke();
            if (owner.Throws)
                throw new InvalidOperationException("The fake is told to fail.");
            foreach (var (window, size, turns) in _windows.Where(one => one.Size.Area >= owner.SmallestSeen.Area && one.Size.Area <= owner.LargestSeen))
                foreach (var thing in owner.Scene)
                    if (thing.Turns == turns && thing.Box.CentreX >= window.X && thing.Box.CentreX < window.Right
                        && thing.Box.CentreY >= window.Y && thing.Box.CentreY < window.Bottom)
                        found.Add(thing with { Scale = MathF.Min((float)size.Width / window.Width, (float)size.Height / window.Height) });
            _windows.Clear();
            return owner.Verdict;
        }

        public void Reset() => _windows.Clear();

        public void Dispose()
        {
        }
    }
}
