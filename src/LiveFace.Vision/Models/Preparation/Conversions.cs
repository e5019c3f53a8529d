using LiveFace.Vision.Models.Onnx;
using LiveFace.Vision.Models.Tfjs;

namespace LiveFace.Vision.Models.Preparation;

/// <summary>The conversions by their names in the catalogue. A changed conversion gets a new version, so that models made by the old one are made again.</summary>
internal static class Conversions
{
    public static int VersionOf(ModelConversion conversion) => conversion switch
    {
        ModelConversion.UltraFace => UltraFaceConversion.Version,
        ModelConversion.Tfjs => TfjsConversion.Version,
        _ => 1,
    };

    /// <summary>The files' content as ONNX.</summary>
    public static byte[] Run(ModelConversion conversion, byte[] model, byte[]? weights) => conversion switch
    {
        ModelConversion.UltraFace => UltraFaceConversion.Run(model),
        ModelConversion.Tfjs => TfjsConversion.Run(model, weights),
        _ => model,
    };
}
