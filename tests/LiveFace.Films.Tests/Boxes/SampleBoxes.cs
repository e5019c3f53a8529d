using System.Text;
using LiveFace.Films.Boxes;
using LiveFace.Vision.Detection;

namespace LiveFace.Films.Tests.Boxes;

/// <summary>Box files made by the tests.</summary>
internal static class SampleBoxes
{
    public static BoxFileHead Head(IReadOnlyList<BoxTrack>? tracks = null, int width = 640, int height = 480) => new()
    {
        Film = new FilmFacts("talk.mp4", 12_345, new string('a', 64), "mov,mp4", "h264", width, height, 29.97, TimeSpan.FromSeconds(12.5)),
        Models =
        [
            new BoxModel("faces", "faces", new string('b', 64), ["face"], 0.5f, 0.25f, 1.1f) { Seconds = [new BoxModelFile("blazeface", null)] },
            new BoxModel("objects", "nanodet", null, ["person", "car"], 0.4f, 0.3f, 0.3f),
        ],
        Tracks = tracks,
    };

    /// <summary>Pictures with a face that moves, some finds beside it, a cut and a look that failed.</summary>
    public static BoxPicture Picture(int index)
    {
        var picture = new BoxPicture();
        picture.Begin(index, TimeSpan.FromMicroseconds(33_367L * index), 0x0123456789abcdef + (ulong)index, cut: index == 5);
        picture.Looks.Add(new BoxLook(0, 16, index % 5 == 0, 0.5f, index == 7 ? DetectionVerdict.NotFinite : DetectionVerdict.Seen));
        picture.Looks.Add(new BoxLook(1, 0, false, 0.4f, DetectionVerdict.Seen));
        picture.Found.Add(new BoxFind(
            0, 0, 0.875f, new BoxF(10.25f + index, 20.5f, 50.75f + index, 70), new FaceLandmarks(20, 30, 40, 30, 30, 40, 22.5f, 50, 38, 50)));
        if (index % 3 == 0)
            picture.Found.Add(new BoxFind(1, 1, 0.3f, new BoxF(-4, 200, 100, 300), Second: true));
        return picture;
    }

    public static BoxTrack Track(int id, int first, int length)
    {
        var track = new BoxTrack(id, 0, 0, first) { Score = 0.9f, Doubt = 0.125f };
        for (var i = 0; i < length; i++)
            track.Add(new TrackBox(new BoxF(10 + i, 20, 50 + i, 70), 0.25f * (i % 3), (BoxOrigin)(i % 4)));
        return track;
    }

    public static byte[] File(int pictures, IReadOnlyList<BoxTrack>? tracks = null)
    {
        using var stream = new MemoryStream();
        using (var writer = new BoxFileWriter(stream, Head(tracks)))
        {
            for (var i = 0; i < pictures; i++)
                writer.Write(Picture(i));
            writer.Finish();
        }

        return stream.ToArray();
    }

    public static (BoxFileHead Head, List<BoxPicture> Pictures) Read(Stream stream)
    {
        using var reader = BoxFileReader.Read(stream, "talk.boxes.json");
        var pictures = new List<BoxPicture>();
        for (var next = new BoxPicture(); reader.TryNext(next); next = new BoxPicture())
            pictures.Add(next);
        return (reader.Head, pictures);
    }

    public static string Text(int pictures, IReadOnlyList<BoxTrack>? tracks = null) => Encoding.UTF8.GetString(File(pictures, tracks));
}
