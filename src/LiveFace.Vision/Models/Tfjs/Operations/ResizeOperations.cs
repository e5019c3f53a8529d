using LiveFace.Vision.Models.Onnx;

namespace LiveFace.Vision.Models.Tfjs.Operations;

/// <summary>Bilinear scaling of pictures inside the network.</summary>
internal static class ResizeOperations
{
    public static void Bilinear(TfjsNode node, TfjsGraph graph)
    {
        var input = graph.Held(graph.Tensor(node, 0), TfjsTensor.ChannelsFirst);
        var size = graph.Integers(node, 1);
        var coordinates = (node.Flag("align_corners"), node.Flag("half_pixel_centers")) switch
        {
            (true, false) => "align_corners",
            (false, true) => "half_pixel",
            (false, false) => "asymmetric",
            _ => throw node.Unsupported("aligns both corners and centres"),
        };
        var output = new OnnxNode("Resize").With("mode", "linear").With("coordinate_transformation_mode", coordinates);
        var (height, width) = (input.Shape[1], input.Shape[2]);
        if (IsExact(size[0], height) && IsExact(size[1], width))
        {
            // Scales leave the number of pictures open.
            var scales = graph.Unique(node.Name + "/scales");
            graph.Onnx.Initializers.Add(OnnxTensor.Of(scales, [4], [1, 1, (float)size[0] / height, (float)size[1] / width]));
            output.Inputs.AddRange([input.Name, "", scales]);
        }
        else
        {
            if (input.Shape[0] < 1 || graph.FreesSize)
                throw node.Unsupported("scales by no whole factor, which needs pictures of one number and size");
            output.Inputs.AddRange([input.Name, "", "", graph.List(node.Name + "/size", [input.Shape[0], input.Shape[3], size[0], size[1]])]);
        }
        graph.Put(node.Name, new TfjsTensor(graph.Add(output, node.Name), [input.Shape[0], size[0], size[1], input.Shape[3]], input.Order));
    }

    private static bool IsExact(int to, int from) => to % from == 0 || (from % to == 0 && int.IsPow2(from / to));
}
