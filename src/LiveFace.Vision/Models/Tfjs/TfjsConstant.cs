namespace LiveFace.Vision.Models.Tfjs;

/// <summary>A constant of the graph; whole numbers are kept as such, since they are shapes and axes.</summary>
internal sealed record TfjsConstant(int[] Shape, float[] Floats, int[]? Integers = null)
{
    public int Count => Integers?.Length ?? Floats.Length;

    /// <summary>The same elements in another order of dimensions: dimension <c>i</c> of the result is <c>order[i]</c> of this.</summary>
    public TfjsConstant Transposed(params int[] order)
    {
        var shape = order.Select(axis => Shape[axis]).ToArray();
        var steps = Steps(Shape);
        var result = new float[Floats.Length];
        var index = new int[order.Length];
        for (var next = 0; next < result.Length; next++)
        {
            var from = 0;
            for (var axis = 0; axis < order.Length; axis++)
                from += index[axis] * steps[order[axis]];
            result[next] = Floats[from];
            for (var axis = order.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
                index[axis] = 0;
        }
        return new TfjsConstant(shape, result);
    }

    public TfjsConstant Reshaped(params int[] shape) => this with { Shape = shape };

    private static int[] Steps(int[] shape)
    {
        var steps = new int[shape.Length];
        var step = 1;
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            steps[axis] = step;
            step *= shape[axis];
        }
        return steps;
    }
}
