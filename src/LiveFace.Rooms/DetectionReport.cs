using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Attributes;

namespace LiveFace.Rooms;

/// <summary>Tells what was seen in a picture: boxes as parts of it, and of faces what the policy asks to be read.</summary>
internal static class DetectionReport
{
    public static RoomDetections Of(string room, in ShownPicture picture)
    {
        var tracks = picture.Tracks.Tracks;
        var objects = new RoomObject[tracks.Length];
        for (var i = 0; i < tracks.Length; i++)
        {
            ref readonly var track = ref tracks[i];
            var source = picture.Vision.Sources[track.Source];
            objects[i] = new RoomObject(
                track.Id, source.Source.Model, source.LabelOf(track.Class), MathF.Round(track.Score, 3),
                BoxOf(track.Box, picture.Width, picture.Height), picture.Redactor.Hid(track.Id), AttributesOf(track.Id, picture));
        }

        return new RoomDetections(
            room, picture.RtpTimestamp, picture.Number, picture.Width, picture.Height, IsDetected(picture), objects);
    }

    private static RoomBox BoxOf(BoxF box, float width, float height)
    {
        var left = Math.Clamp(box.Left / width, 0, 1);
        var top = Math.Clamp(box.Top / height, 0, 1);
        return new RoomBox(
            MathF.Round(left, 4), MathF.Round(top, 4), MathF.Round(Math.Clamp(box.Right / width, left, 1) - left, 4),
            MathF.Round(Math.Clamp(box.Bottom / height, top, 1) - top, 4));
    }

    private static FaceAttributes? AttributesOf(int track, in ShownPicture picture) =>
        picture.Policy.Tells != FaceTraits.None && picture.Tracks.TryReading(track, out var reading)
            ? FaceAttributes.Of(reading.Only(picture.Policy.Tells))
            : null;

    private static bool IsDetected(in ShownPicture picture)
    {
        foreach (var model in picture.Policy.Models)
            if (!picture.Vision.Rules.TryAge(model, picture.Tracks.Mark, out _, out var exact) || !exact)
                return false;
        return true;
    }
}
