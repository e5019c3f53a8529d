namespace LiveFace.Vision.Models.Tfjs;

/// <summary>
/// A value of the graph that is being made. TensorFlow means it in the order of <paramref name="Shape"/>, mostly with
/// channels last; ONNX holds it in another, mostly with channels first: TensorFlow's dimension <c>i</c> is ONNX's
/// dimension <c>Order[i]</c>. So a transpose in the graph costs nothing, and one is written only where an operation
/// needs an order that the value is not held in.
/// </summary>
internal sealed record TfjsTensor(string Name, int[] Shape, int[] Order)
{
    /// <summary>How a picture with channels last is held with channels first.</summary>
    public static readonly int[] ChannelsFirst = [0, 2, 3, 1];

    public int Rank => Shape.Length;

    /// <summary>The shape as ONNX holds it.</summary>
    public int[] HeldShape
    {
        get
        {
            var held = new int[Rank];
            for (var axis = 0; axis < Rank; axis++)
                held[Order[axis]] = Shape[axis];
            return held;
        }
    }

    /// <summary>The order in which a value is held as TensorFlow means it.</summary>
    public static int[] AsMeant(int rank) => [.. Enumerable.Range(0, rank)];
}
