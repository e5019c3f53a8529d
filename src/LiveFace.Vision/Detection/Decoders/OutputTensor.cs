namespace LiveFace.Vision.Detection.Decoders;

/// <summary>One output of a model: its name, its shape and the memory that every run writes it to.</summary>
internal sealed record OutputTensor(string Name, int[] Shape, float[] Values)
{
    public int Rank => Shape.Length;

    public int Last => Rank == 0 ? 1 : Shape[^1];

    /// <summary>Size along an axis counted from the end, 1 for the last; 1 where there is none.</summary>
    public int FromEnd(int axis) => axis <= Rank ? Shape[^axis] : 1;

    public override string ToString() => $"{Name} [{string.Join(',', Shape)}]";

    public static OutputTensor Of(string name, params int[] shape) =>
        new(name, shape, new float[shape.Aggregate(1, (a, b) => a * b)]);
}
