using LiveFace.Media.Images.Files;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Sight;

/// <summary>WIDER FACE's validation set, in the folder that both published archives were unpacked in.</summary>
internal static class WiderPictures
{
    /// <exception cref="InvalidDataException">Something is not there or not as it should be; the message says what.</exception>
    public static List<SightPicture> Read(string folder)
    {
        var annotations = Path.Combine(folder, "wider_face_split", "wider_face_val_bbx_gt.txt");
        var pictures = Path.Combine(folder, "WIDER_val", "images");
        if (!File.Exists(annotations))
            throw new InvalidDataException($"The annotations {annotations} are not there.");
        if (!Directory.Exists(pictures))
            throw new InvalidDataException($"The pictures' folder {pictures} is not there.");
        return [.. WiderFace.Read(annotations).Select(one => new SightPicture(
            one.Name, "WIDER FACE", pool => ImageFile.Decode(File.ReadAllBytes(Path.Combine(pictures, one.Name)), pool),
            [.. one.Faces.Select(FacesFile.Oval)], one.Ignored))];
    }
}
