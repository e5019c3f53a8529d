using System.Globalization;
using LiveFace.Media.Frames;

namespace LiveFace.Vision.Tests.Clips;

/// <summary>A picture and the faces in it.</summary>
internal sealed record AnnotatedPicture(string Name, VideoFrame Frame, IReadOnlyList<BoxF> Faces) : IDisposable
{
    public void Dispose() => Frame.Dispose();
}

/// <summary>
/// A picture's name, its faces, and those that are neither missed nor wrongly found, since nobody could tell them for
/// sure.
/// </summary>
internal sealed record WiderPicture(string Name, IReadOnlyList<BoxF> Faces, IReadOnlyList<BoxF> Ignored);

/// <summary>
/// Annotations as WIDER FACE writes them: a picture's path, the number of faces, and a line for each: left, top, width,
/// height, blur, expression, illumination, invalid, occlusion and pose. A picture without faces has one line of zeros.
/// </summary>
internal static class WiderFace
{
    private const int Invalid = 7;
    private const int Numbers = 10;

    /// <exception cref="InvalidDataException">A line is not what it should be; the message names file and line.</exception>
    public static IReadOnlyList<WiderPicture> Read(string path)
    {
        var pictures = new List<WiderPicture>();
        var lines = File.ReadAllLines(path);
        var at = 0;
        while (at < lines.Length)
        {
            var name = lines[at++].Trim();
            if (name.Length == 0)
                continue;
            if (at == lines.Length || !int.TryParse(lines[at].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                throw Wrong(path, at, $"the number of faces in {name}");
            at++;
            var faces = new List<BoxF>();
            var ignored = new List<BoxF>();
            for (var i = 0; i < count; i++, at++)
            {
                if (at == lines.Length || ReadNumbers(lines[at]) is not { } n)
                    throw Wrong(path, at, $"a face of {name} in {Numbers} numbers");
                var box = new BoxF(n[0], n[1], n[0] + n[2], n[1] + n[3]);
                // Some published boxes have no width or no height; there is nothing to find.
                (n[Invalid] != 0 || n[2] <= 0 || n[3] <= 0 ? ignored : faces).Add(box);
            }

            if (count == 0 && at < lines.Length && ReadNumbers(lines[at]) is { } zeros && Array.TrueForAll(zeros, n => n == 0))
                at++;
            pictures.Add(new WiderPicture(name, faces, ignored));
        }

        return pictures;
    }

    private static int[]? ReadNumbers(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var numbers = new int[words.Length];
        for (var i = 0; i < words.Length; i++)
            if (!int.TryParse(words[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]))
                return null;
        return numbers.Length == Numbers ? numbers : null;
    }

    private static InvalidDataException Wrong(string path, int line, string expected) =>
        new($"{path}, line {line + 1}: expected {expected}.");
}
