namespace LiveFace.Vision.Models.Tfjs.Operations;

/// <summary>Operations on constants, done while converting: graphs work out shapes and axes with them.</summary>
internal static class ConstantOperations
{
    private const int MostDimensions = 64;

    public static TfjsConstant Folded(TfjsNode node, string operation, TfjsConstant one, TfjsConstant other)
    {
        if (one.Integers is { } first && other.Integers is { } second && operation == "Add" && first.Length == second.Length)
            return new TfjsConstant(one.Shape, one.Floats, [.. first.Zip(second, (left, right) => left + right)]);
        throw node.Unsupported("joins two constants");
    }

    /// <summary>Values at listed places in an otherwise even vector.</summary>
    public static void SparseToDense(TfjsNode node, TfjsGraph graph)
    {
        var (places, size, values, filling) = (graph.Integers(node, 0), graph.Integers(node, 1), graph.Integers(node, 2), graph.Integers(node, 3));
        if (size is not [> 0 and <= MostDimensions] || filling.Length != 1 || places.Length != values.Length)
            throw node.Unsupported("makes more than a short vector");
        var dense = new int[size[0]];
        Array.Fill(dense, filling[0]);
        for (var index = 0; index < places.Length; index++)
            dense[places[index]] = values[index];
        graph.Put(node.Name, new TfjsConstant(size, [.. dense.Select(value => (float)value)], dense));
    }
}
