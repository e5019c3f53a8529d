using System.Globalization;
using System.Text;
using LiveFace.Films.Boxes;

namespace LiveFace.Films.Exchange;

/// <summary>MOT challenge: <c>frame,id,left,top,width,height,confidence,-1,-1,-1</c>, frames from 1 on. It has one kind of thing.</summary>
internal static class MotText
{
    private const int LeastFields = 6;

    public static void Write(Stream output, IReadOnlyList<BoxTrack> tracks, int pictures)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        for (var picture = 0; picture < pictures; picture++)
            foreach (var track in tracks)
                if (track.Has(picture) && track[picture].Cover is var box)
                    text.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{picture + 1},{track.Id},{box.Left:0.##},{box.Top:0.##},{box.Width:0.##},{box.Height:0.##},{track.Score:0.####},-1,-1,-1"));
    }

    public static void Read(Stream input, KeyedTracks into)
    {
        using var text = new StreamReader(input, Encoding.UTF8);
        for (var line = 1; text.ReadLine() is { } read; line++)
        {
            if (string.IsNullOrWhiteSpace(read))
                continue;
            var fields = read.Split(',');
            var numbers = new float[fields.Length];
            for (var i = 0; i < fields.Length; i++)
                if (!float.TryParse(fields[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !float.IsFinite(numbers[i]))
                    throw new BoxFileException($"Line {line}: '{fields[i].Trim()}' is no number.");
            if (numbers.Length < LeastFields)
                throw new BoxFileException($"Line {line}: expected frame, id, left, top, width and height.");
            var box = new BoxF(numbers[2], numbers[3], numbers[2] + numbers[4], numbers[3] + numbers[5]);
            if (!into.TryAdd((int)numbers[1], label: null, (int)numbers[0] - 1, box, numbers.Length > LeastFields ? numbers[6] : 1))
                throw new BoxFileException($"Line {line}: it is no box in this film.");
        }
    }
}
