using LiveFace.Vision.Detection.Decoders;

namespace LiveFace.Vision.Detection.Onnx;

/// <summary>What became of a window that was given to a batch.</summary>
internal enum BatchState
{
    Idle,
    Waiting,
    Running,
    Done,
    Failed,
}

/// <summary>One window's input and the place for its outputs; belongs to a lane, which waits while others use it.</summary>
internal sealed class BatchTicket(InputSize size, float[] input, OutputTensor[] outputs)
{
    public InputSize Size => size;

    public float[] Input => input;

    public OutputTensor[] Outputs => outputs;

    /// <summary>The look of a room that it is part of.</summary>
    public BatchLook? Look { get; set; }

    /// <summary>When it began to wait.</summary>
    public TimeSpan Since { get; set; }

    public BatchState State { get; set; }
}
