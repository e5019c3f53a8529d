namespace LiveFace.Vision.Models;

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
