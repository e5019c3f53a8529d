using LiveFace.Films.Boxes;

namespace LiveFace.Films.Stills;

/// <summary>What a box file says of each picture, without what was found: where single pictures are, and which were looked at.</summary>
public sealed class PictureIndex
{
    private readonly List<Entry> _pictures = [];

    private PictureIndex(BoxFileHead head) => Head = head;

    /// <summary>The head of the box file.</summary>
    public BoxFileHead Head { get; }

    /// <summary>How many pictures there are.</summary>
    public int Count => _pictures.Count;

    /// <summary>Reads a box file.</summary>
    /// <exception cref="BoxFileException">It is none.</exception>
    public static PictureIndex Read(string boxes, FilmVault? vault = null)
    {
        using var reader = BoxFileReader.Open(boxes, vault);
        var index = new PictureIndex(reader.Head);
        var picture = new BoxPicture();
        while (reader.TryNext(picture))
            index._pictures.Add(new Entry(picture.At, picture.Print, [.. picture.Looks]));
        return index;
    }

    /// <summary>The time of a picture on the film's clock.</summary>
    public TimeSpan At(int picture) => _pictures[picture].At;

    /// <summary>A picture's record, without what was found.</summary>
    public BoxPicture Record(int picture)
    {
        var record = new BoxPicture();
        var entry = _pictures[picture];
        record.Begin(picture, entry.At, entry.Print, cut: false);
        foreach (var look in entry.Looks)
            record.Looks.Add(look);
        return record;
    }

    private readonly record struct Entry(TimeSpan At, ulong Print, BoxLook[] Looks);
}
