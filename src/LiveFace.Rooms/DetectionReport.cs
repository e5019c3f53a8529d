using LiveFace.Media.Frames;
using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Attributes;

namespace LiveFace.Rooms;

/// <summary>Tells what was seen in a picture: boxes as parts of it, and of faces what the policy asks to be read.</summary>
internal static class DetectionReport
{
    public static RoomDetections Of(string room, in ShownPicture picture)
    {
        var view = picture.Redactor.View ?? new PictureRegion(0, 0, picture.Width, picture.Height);
        var objects = new List<RoomObject>(picture.Tracks.Tracks.Length);
        foreach (ref readonly var track in picture.Tracks.Tracks)
        {
            var box = BoxOf(track.Box, view);
            // Who is out of the view is not in the picture.
            if (picture.Redactor.View is not null && (box.Width <= 0 || box.Height <= 0))
                continue;
            var source = picture.Vision.Sources[track.Source];
            objects.Add(new RoomObject(
                track.Id, source.Source.Model, source.LabelOf(track.Class), MathF.Round(track.Score, 3),
                box, picture.Redactor.Hid(track.Id), AttributesOf(track.Id, picture)));
        }

        return new RoomDetections(
            room, picture.RtpTimestamp, picture.Number, picture.Width, picture.Height, IsDetected(picture), objects)
        {
            View = picture.Redactor.View is null ? null : BoxOf(
                new BoxF((float)view.X, (float)view.Y, (float)(view.X + view.Width), (float)(view.Y + view.Height)),
                new PictureRegion(0, 0, picture.Width, picture.Height)),
        };
    }

    private static RoomBox BoxOf(BoxF whole, in PictureRegion view)
    {
        var box = whole.Move(-(float)view.X, -(float)view.Y);
        var (width, height) = ((float)view.Width, (float)view.Height);
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
