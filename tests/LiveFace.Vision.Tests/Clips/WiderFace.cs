using System.Globalization;
using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Vision.Tests.Clips;

/// <summary>A picture and the faces in it.</summary>
internal sealed record AnnotatedPicture(string Name, VideoFrame Frame, IReadOnlyList<BoxF> Faces) : IDisposable
{
    public void Dispose() => Frame.Dispose();
}

/// <summary>
/// Annotations as WIDER FACE writes them: a picture's path, the number of faces, and a line for each: left, top, width,
/// height and six marks, of which the fourth says that the face is not valid.
/// </summary>
internal static class WiderFace
{
    public static IReadOnlyList<(string Name, IReadOnlyList<BoxF> Faces)> Read(string path)
    {
        var pictures = new List<(string, IReadOnlyList<BoxF>)>();
        var lines = File.ReadAllLines(path);
        for (var at = 0; at + 1 < lines.Length;)
        {
            var name = lines[at++].Trim();
            var count = int.Parse(lines[at++], CultureInfo.InvariantCulture);
            var faces = new List<BoxF>();
            // A picture without faces still has one line of zeros.
            for (var i = 0; i < Math.Max(1, count) && at < lines.Length; i++)
            {
                var v = lines[at].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (v.Length < 4)
                    break;
                at++;
                var numbers = v.Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
                var valid = numbers.Length < 8 || numbers[7] == 0;
                if (i < count && valid && numbers[2] > 0 && numbers[3] > 0)
                    faces.Add(new BoxF(numbers[0], numbers[1], numbers[0] + numbers[2], numbers[1] + numbers[3]));
            }

            pictures.Add((name, faces));
        }

        return pictures;
    }
}
