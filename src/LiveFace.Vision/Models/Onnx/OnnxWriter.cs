namespace LiveFace.Vision.Models.Onnx;

/// <summary>Writes an ONNX model. Field numbers are those of the format's onnx.proto.</summary>
internal static class OnnxWriter
{
    public static byte[] Write(OnnxModel model)
    {
        var file = new ProtobufWriter();
        file.Integer(1, model.IrVersion);
        file.Text(2, model.Producer);
        foreach (var (domain, version) in model.OperatorSets)
            file.Message(8, set =>
            {
                set.Text(1, domain);
                set.Integer(2, version);
            });
        file.Message(7, graph => Write(graph, model.Graph));
        return file.Written.ToArray();
    }

    private static void Write(ProtobufWriter to, OnnxGraph graph)
    {
        foreach (var node in graph.Nodes)
            to.Message(1, inner => Write(inner, node));
        to.Text(2, graph.Name);
        foreach (var tensor in graph.Initializers)
            to.Message(5, inner => Write(inner, tensor));
        foreach (var value in graph.Inputs)
            to.Message(11, inner => Write(inner, value));
        foreach (var value in graph.Outputs)
            to.Message(12, inner => Write(inner, value));
    }

    private static void Write(ProtobufWriter to, OnnxNode node)
    {
        foreach (var input in node.Inputs)
            to.Text(1, input);
        foreach (var output in node.Outputs)
            to.Text(2, output);
        to.Text(3, node.Name);
        to.Text(4, node.Operation);
        foreach (var (name, attribute) in node.Attributes)
        {
            if (attribute.Unread is { } unread)
                to.Raw(5, unread);
            else
                to.Message(5, inner => Write(inner, name, attribute));
        }
        if (node.Domain.Length > 0)
            to.Text(7, node.Domain);
    }

    private static void Write(ProtobufWriter to, string name, OnnxAttribute attribute)
    {
        to.Text(1, name);
        switch (attribute.Kind)
        {
            case OnnxAttributeKind.Float: to.Float(2, attribute.Float); break;
            case OnnxAttributeKind.Integer: to.Integer(3, attribute.Integer); break;
            case OnnxAttributeKind.Text: to.Text(4, attribute.Text); break;
            case OnnxAttributeKind.Tensor: to.Message(5, inner => Write(inner, attribute.Tensor!)); break;
            case OnnxAttributeKind.Floats:
                foreach (var value in attribute.Floats)
                    to.Float(7, value);
                break;
            default:
                foreach (var value in attribute.Integers)
                    to.Integer(8, value);
                break;
        }
        to.Integer(20, (long)attribute.Kind);
    }

    private static void Write(ProtobufWriter to, OnnxTensor tensor)
    {
        foreach (var size in tensor.Shape)
            to.Integer(1, size);
        to.Integer(2, (long)tensor.Type);
        to.Text(8, tensor.Name);
        to.Raw(9, tensor.Data);
    }

    private static void Write(ProtobufWriter to, OnnxValue value)
    {
        to.Text(1, value.Name);
        to.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Integer(1, (long)value.Type);
            tensor.Message(2, shape =>
            {
                foreach (var dimension in value.Shape)
                    shape.Message(1, inner =>
                    {
                        if (dimension.Name is { } name)
                            inner.Text(2, name);
                        else
                            inner.Integer(1, dimension.Size);
                    });
            });
        }));
    }
}
