namespace LiveFace.Vision.Models;

/// <summary>One model of the catalogue: where it comes from, under which licence, and how to feed and read it.</summary>
public sealed record ModelEntry
{
    /// <summary>The name that settings and commands use.</summary>
    public required string Id { get; init; }

    /// <summary>What it is, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What it is for.</summary>
    public required ModelJob Job { get; init; }

    /// <summary>Where its files come from.</summary>
    public required ModelSource Source { get; init; }

    /// <summary>What preparation does with the files.</summary>
    public required ModelConversion Conversion { get; init; }

    /// <summary>Licences of the package and of the weights in it.</summary>
    public required ModelLicence Licence { get; init; }

    /// <summary>Which code reads its outputs.</summary>
    public required ModelDecoder Decoder { get; init; }

    /// <summary>How a picture becomes its input.</summary>
    public required ModelInput Input { get; init; }

    /// <summary>Names of its classes, by index; empty for a model without classes.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Thresholds to start from.</summary>
    public required ModelThresholds Thresholds { get; init; }

    /// <summary>The smallest face that it finds, in pixels of its input; 0 for models that find no faces.</summary>
    public int SmallestFace { get; init; }

    /// <summary>Whether rooms may use it.</summary>
    public required bool IsOn { get; init; }

    /// <summary>Whether the first run prepares it; the others are prepared when first asked for.</summary>
    public required bool IsFirst { get; init; }
}

/// <summary>What a model is for.</summary>
public enum ModelJob
{
    /// <summary>Finds faces.</summary>
    Faces,

    /// <summary>Finds everyday objects.</summary>
    Objects,

    /// <summary>Gives the outline of a person.</summary>
    Outline,

    /// <summary>Age, gender or emotion of a face.</summary>
    Attributes,

    /// <summary>Numbers by which two pictures of a face compare.</summary>
    Embedding,

    /// <summary>Finds written text.</summary>
    Text,

    /// <summary>Finds licence plates.</summary>
    Plates,

    /// <summary>Points of a face.</summary>
    Landmarks,

    /// <summary>Sees watermarks, and what is under them.</summary>
    Watermark,

    /// <summary>Finds what a picture is of.</summary>
    Framing,
}

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

/// <summary>Which code reads a model's outputs.</summary>
public enum ModelDecoder
{
    /// <summary>Fifteen planes of cells at three strides: the project's own face model.</summary>
    FaceCells,

    /// <summary>Raw scores and box offsets over UltraFace's priors.</summary>
    UltraFace,

    /// <summary>RetinaFace's nine maps, three per stride.</summary>
    RetinaFace,

    /// <summary>YOLOv8 and later: one tensor of centre, size and class scores.</summary>
    Yolo,

    /// <summary>YOLO with outlines: as <see cref="Yolo"/>, with 32 mask factors and as many prototypes.</summary>
    YoloSeg,

    /// <summary>MediaPipe's BlazeFace over 896 anchors.</summary>
    BlazeFace,

    /// <summary>NanoDet's class maps and box distributions.</summary>
    NanoDet,

    /// <summary>SCRFD: scores, distances and points per stride.</summary>
    Scrfd,

    /// <summary>YuNet: class, objectness, box and points per stride.</summary>
    YuNet,

    /// <summary>CenterFace: a heat map with scale, offset and points.</summary>
    CenterFace,

    /// <summary>A mask of the picture, one number a pixel.</summary>
    Outline,

    /// <summary>Age distribution, gender and embedding of FaceRes.</summary>
    FaceRes,

    /// <summary>One score per class for the whole picture.</summary>
    Classes,

    /// <summary>A vector that is compared by its angle.</summary>
    Embedding,

    /// <summary>A map of where text is.</summary>
    TextMap,

    /// <summary>Pairs of coordinates, 0 to 1 of the input.</summary>
    Points,

    /// <summary>MediaPipe's face mesh, three numbers a point.</summary>
    FaceMesh,

    /// <summary>A mask and a picture, both of the input's size.</summary>
    Unmark,

    /// <summary>One box for the whole picture, and how sure it is.</summary>
    MainObject,
}
