using System.Runtime.InteropServices;

namespace LiveFace.Vision.Models.Onnx;

/// <summary>Reads an ONNX model. Field numbers are those of the format's onnx.proto.</summary>
internal static class OnnxReader
{
    public static OnnxModel Read(ReadOnlySpan<byte> file)
    {
        var model = new OnnxModel { IrVersion = 0 };
        var reader = new ProtobufReader(file);
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: model.IrVersion = reader.Integer(); break;
                case 2: model.Producer = reader.Text(); break;
                case 7: model.Graph = ReadGraph(reader.Message()); break;
                case 8: ReadOperatorSet(reader.Message(), model); break;
                case 25: throw new InvalidDataException("the ONNX file has functions of its own, which preparation does not keep.");
                default: reader.Skip(); break;
            }
        return model.IrVersion > 0 && model.Graph.Nodes.Count > 0 ? model : throw new InvalidDataException("the file is not an ONNX model.");
    }

    private static void ReadOperatorSet(ReadOnlySpan<byte> message, OnnxModel model)
    {
        var (domain, version) = ("", 0L);
        var reader = new ProtobufReader(message);
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: domain = reader.Text(); break;
                case 2: version = reader.Integer(); break;
                default: reader.Skip(); break;
            }
        model.OperatorSets[domain] = version;
    }

    private static OnnxGraph ReadGraph(ReadOnlySpan<byte> message)
    {
        var graph = new OnnxGraph();
        var reader = new ProtobufReader(message);
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: graph.Nodes.Add(ReadNode(reader.Message())); break;
                case 2: graph.Name = reader.Text(); break;
                case 5: graph.Initializers.Add(ReadTensor(reader.Message())); break;
                case 11: graph.Inputs.Add(ReadValue(reader.Message())); break;
                case 12: graph.Outputs.Add(ReadValue(reader.Message())); break;
                case 15: throw new InvalidDataException("the ONNX file has sparse weights, which preparation does not keep.");
                default: reader.Skip(); break;
            }
        return graph;
    }

    private static OnnxNode ReadNode(ReadOnlySpan<byte> message)
    {
        var node = new OnnxNode("");
        var reader = new ProtobufReader(message);
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: node.Inputs.Add(reader.Text()); break;
                case 2: node.Outputs.Add(reader.Text()); break;
                case 3: node.Name = reader.Text(); break;
                case 4: node.Operation = reader.Text(); break;
                case 5: ReadAttribute(reader.Message(), node); break;
                case 7: node.Domain = reader.Text(); break;
                default: reader.Skip(); break;
            }
        return node;
    }

    private static void ReadAttribute(ReadOnlySpan<byte> message, OnnxNode node)
    {
        var (name, text, number, real) = ("", "", 0L, 0f);
        OnnxTensor? tensor = null;
        List<long> numbers = [];
        List<float> reals = [];
        OnnxAttributeKind kind = 0;
        var reader = new ProtobufReader(message);
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: name = reader.Text(); break;
                case 2: real = reader.Float(); break;
                case 3: number = reader.Integer(); break;
                case 4: text = reader.Text(); break;
                case 5: tensor = ReadTensor(reader.Message()); break;
                case 7: reader.Floats(reals); break;
                case 8: reader.Integers(numbers); break;
                case 20: kind = (OnnxAttributeKind)reader.Integer(); break;
                default: reader.Skip(); break;
            }
        node.Attributes[name] = kind switch
        {
            OnnxAttributeKind.Float => real,
            OnnxAttributeKind.Integer => number,
            OnnxAttributeKind.Text => text,
            OnnxAttributeKind.Tensor when tensor is not null => tensor,
            OnnxAttributeKind.Floats => reals.ToArray(),
            OnnxAttributeKind.Integers => numbers.ToArray(),
            _ => OnnxAttribute.PassedOn(message.ToArray()),
        };
    }

    private static OnnxTensor ReadTensor(ReadOnlySpan<byte> message)
    {
        var (name, type) = ("", OnnxType.Undefined);
        List<long> shape = [], integers = [], bigIntegers = [];
        List<float> floats = [];
        byte[]? raw = null;
        var reader = new ProtobufReader(message);
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: reader.Integers(shape); break;
                case 2: type = (OnnxType)reader.Integer(); break;
                case 4: reader.Floats(floats); break;
                case 5: reader.Integers(integers); break;
                case 7: reader.Integers(bigIntegers); break;
                case 8: name = reader.Text(); break;
                case 9: raw = reader.Message().ToArray(); break;
                case 13: throw new InvalidDataException($"the tensor '{name}' lies in another file; only models in one file are read.");
                default: reader.Skip(); break;
            }
        raw ??= type switch
        {
            OnnxType.Float => MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(floats)).ToArray(),
            OnnxType.Int64 => MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(bigIntegers)).ToArray(),
            OnnxType.Int32 => MemoryMarshal.AsBytes(integers.Select(value => (int)value).ToArray().AsSpan()).ToArray(),
            _ => throw new InvalidDataException($"the tensor '{name}' holds elements of type {(int)type}, which preparation does not read."),
        };
        return new OnnxTensor(name, type, shape, raw);
    }

    private static OnnxValue ReadValue(ReadOnlySpan<byte> message)
    {
        var value = new OnnxValue("", OnnxType.Undefined, []);
        var reader = new ProtobufReader(message);
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: value = value with { Name = reader.Text() }; break;
                case 2: value = ReadType(reader.Message(), value); break;
                default: reader.Skip(); break;
            }
        return value;
    }

    private static OnnxValue ReadType(ReadOnlySpan<byte> message, OnnxValue value)
    {
        var type = new ProtobufReader(message);
        while (type.Next())
        {
            if (type.Field != 1)
                throw new InvalidDataException($"'{value.Name}' is not a tensor.");
            var tensor = new ProtobufReader(type.Message());
            while (tensor.Next())
                switch (tensor.Field)
                {
                    case 1: value = value with { Type = (OnnxType)tensor.Integer() }; break;
                    case 2: value = value with { Shape = ReadShape(tensor.Message()) }; break;
                    default: tensor.Skip(); break;
                }
        }
        return value;
    }

    private static List<OnnxDimension> ReadShape(ReadOnlySpan<byte> message)
    {
        var shape = new List<OnnxDimension>();
        var dimensions = new ProtobufReader(message);
        while (dimensions.Next())
        {
            OnnxDimension dimension = "?";
            var reader = new ProtobufReader(dimensions.Message());
            while (reader.Next())
                switch (reader.Field)
                {
                    case 1: dimension = reader.Integer(); break;
                    case 2: dimension = reader.Text(); break;
                    default: reader.Skip(); break;
                }
            shape.Add(dimension);
        }
        return shape;
    }
}
