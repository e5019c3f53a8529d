using System.Globalization;

namespace LiveFace.Accuracy.Traits;

/// <summary>A picture of one face with its age, gender and group in its name, as UTKFace has them: AGE_GENDER_GROUP_DATE.jpg.</summary>
internal sealed record LabelledFace(string File, int Age, bool IsMale, string Group)
{
    // The set's own words.
    private static readonly string[] Groups = ["White", "Black", "Asian", "Indian", "Others"];

    private static readonly int[] Bands = [3, 10, 20, 30, 40, 50, 60, 70];

    /// <summary>The band of ages that it belongs to, in words.</summary>
    public string Band
    {
        get
        {
            var from = 0;
            foreach (var to in Bands)
            {
                if (Age < to)
                    return $"{from} to {to - 1}";
                from = to;
            }

            return $"{from} and older";
        }
    }

    /// <summary>So many of a folder's pictures, the same ones each time, with nothing but chance in which they are.</summary>
    /// <exception cref="InvalidDataException">The folder has none with such names.</exception>
    public static List<LabelledFace> Read(string folder, int most)
    {
        if (!Directory.Exists(folder))
            throw new InvalidDataException($"There is no folder {folder}.");
        var faces = Directory.EnumerateFiles(folder, "*.jpg").Order(StringComparer.Ordinal).Select(Parse).OfType<LabelledFace>().ToArray();
        if (faces.Length == 0)
            throw new InvalidDataException($"{folder} has no pictures that are named AGE_GENDER_GROUP_….jpg.");
        new Random(1).Shuffle(faces);
        // The readers' constants were chosen on the first 250 of this order.
        return [.. faces.TakeLast(most)];
    }

    private static LabelledFace? Parse(string file) =>
        Path.GetFileName(file).Split('_') is [var age, "0" or "1", var group, _, ..] parts
        && int.TryParse(age, NumberStyles.None, CultureInfo.InvariantCulture, out var years)
        && int.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < Groups.Length
            ? new LabelledFace(file, years, parts[1] == "0", Groups[index])
            : null;
}
