using LiveFace.Films.Boxes;
using LiveFace.Films.Pictures;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Readings;
using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Readings;

/// <summary>Reads what was found in a picture, the largest first. One thread at a time.</summary>
internal sealed class FindReader(AskedReaders asked)
{
    private readonly IFaceReaderLane _lane = asked.Readers.OpenLane();

    /// <summary>Tells the faces of a picture that looks were sure of what is read of them.</summary>
    public void Read(VideoFrame frame, BoxPicture picture, CancellationToken cancel)
    {
        foreach (var index in Enumerable.Range(0, picture.Found.Count).Where(i => IsSureFace(picture, picture.Found[i]))
                     .OrderByDescending(i => picture.Found[i].Box.Area).Take(PictureFaces.MostRead).ToArray())
        {
            cancel.ThrowIfCancellationRequested();
            var find = picture.Found[index];
            if (_lane.Sample(frame, find.Box, find.Points))
                picture.Found[index] = find with { Read = FaceAttributes.Of(_lane.Infer().Only(asked.Tells)) };
        }
    }

    private static bool IsSureFace(BoxPicture picture, in BoxFind find)
    {
        foreach (var look in picture.Looks)
            if (look.Model == find.Model)
                return look.SmallestFace > 0 && find.Score >= look.Strong;
        return false;
    }
}
