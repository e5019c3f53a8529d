namespace LiveFace.Vision.Detection;

/// <summary>
/// A model that finds things, shared by all rooms. What belongs to one stream (input tensors, outputs) lies in a
/// <see cref="IDetectorLane"/>.
/// </summary>
public interface IDetector : IDisposable
{
    /// <summary>The model's id in the catalogue.</summary>
    string ModelId { get; }

    /// <summary>Names of the classes, by index.</summary>
    IReadOnlyList<string> Labels { get; }

    /// <summary>What counts as a detection.</summary>
    DetectionThresholds Thresholds { get; }

    /// <summary>The input size that the model was made for.</summary>
    InputSize InputSize { get; }

    /// <summary>Other input sizes are multiples of this; 0 where the model takes its own size alone.</summary>
    int InputStep { get; }

    /// <summary>
    /// The smallest face that it finds, in pixels of its input: larger ones it finds more often than not by far. 0 where
    /// its finds are not judged by the size of faces.
    /// </summary>
    int SmallestFace => 0;

    /// <summary>Whether its lanes take windows that are turned.</summary>
    bool TakesTurns => false;

    /// <summary>Opens what one stream needs. A lane is used by one thread at a time; lanes run beside each other.</summary>
    /// <param name="slots">How many windows of one frame are looked at together at most.</param>
    IDetectorLane OpenLane(int slots);
}
