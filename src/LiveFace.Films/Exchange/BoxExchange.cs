using LiveFace.Films.Boxes;

namespace LiveFace.Films.Exchange;

/// <summary>How other tools write boxes.</summary>
public enum ExchangeFormat
{
    /// <summary>CVAT for video 1.1, XML.</summary>
    Cvat,

    /// <summary>MOT challenge, text.</summary>
    Mot,

    /// <summary>COCO, JSON.</summary>
    Coco,
}

/// <summary>
/// Gives the tracks of a box file to other tools and takes theirs. What is given is what would be hidden: each box widened by
/// its doubt. What is taken stands beside the looks that are recorded, so that a picture is shown by a look of ours all the same.
/// </summary>
public static class BoxExchange
{
    /// <summary>Writes tracks, those of a box file or what a review made of them.</summary>
    public static void Export(Stream output, ExchangeFormat format, BoxFileHead head, IReadOnlyList<BoxTrack> tracks, int pictures)
    {
        switch (format)
        {
            case ExchangeFormat.Cvat:
                CvatXml.Write(output, head, tracks, pictures);
                break;
            case ExchangeFormat.Mot:
                MotText.Write(output, tracks, pictures);
                break;
            default:
                CocoJson.Write(output, head, tracks, pictures);
                break;
        }
    }

    /// <summary>Reads tracks. They are numbered from the given number on.</summary>
    /// <exception cref="BoxFileException">It is none of that format, or not of this film; the message says where.</exception>
    public static IReadOnlyList<BoxTrack> Import(Stream input, ExchangeFormat format, BoxFileHead head, int pictures, int firstId)
    {
        var tracks = new KeyedTracks(head, pictures);
        switch (format)
        {
            case ExchangeFormat.Cvat:
                CvatXml.Read(input, tracks);
                break;
            case ExchangeFormat.Mot:
                MotText.Read(input, tracks);
                break;
            default:
                CocoJson.Read(input, tracks);
                break;
        }

        return tracks.Build(firstId);
    }

    /// <summary>Reads tracks into a box file: in the place of its own, or beside them.</summary>
    /// <exception cref="BoxFileException">One of the files is none.</exception>
    public static IReadOnlyList<BoxTrack> Import(string file, ExchangeFormat format, string boxes, bool beside)
    {
        BoxFileHead head;
        int pictures;
        using (var reader = BoxFileReader.Open(boxes))
        {
            head = reader.Head;
            for (var picture = new BoxPicture(); reader.TryNext(picture);)
            {
            }

            pictures = reader.Pictures;
        }

        var own = beside ? head.Tracks ?? [] : [];
        IReadOnlyList<BoxTrack> tracks;
        using (var input = File.OpenRead(file))
        {
            try
            {
                tracks = Import(input, format, head, pictures, 1 + own.Select(track => track.Id).DefaultIfEmpty().Max());
            }
            catch (BoxFileException error)
            {
                throw new BoxFileException($"{Path.GetFileName(file)}: {error.Message}", error);
            }
        }

        BoxFileCopy.Write(boxes, boxes, head with { Tracks = [.. own, .. tracks] }, FilmVault.Plain);
        return tracks;
    }
}
