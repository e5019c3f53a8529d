namespace LiveFace.Vision.Models;

/// <summary>What preparation does with a model's files.</summary>
public enum ModelConversion
{
    /// <summary>The file is ONNX and stays as it is.</summary>
    None,

    /// <summary>Weights that the ONNX file lists as inputs too become constants, so that the runtime can fold them.</summary>
    Constants,

    /// <summary>UltraFace with its decoding cut off, so that it takes any input size.</summary>
    UltraFace,

    /// <summary>A TensorFlow.js graph model becomes ONNX.</summary>
    Tfjs,
}
