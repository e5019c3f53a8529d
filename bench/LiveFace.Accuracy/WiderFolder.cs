namespace LiveFace.Accuracy;

/// <summary>Where WIDER FACE lies: the annotations' file, the folder that the names in it start from, and the models to measure (none: all).</summary>
internal sealed record WiderFolder(string Annotations, string Pictures, IReadOnlyList<string> Models)
{
    /// <summary>
    /// Reads it from the command line: nothing; the folder that both published archives were unpacked in; or the file and
    /// the pictures' folder. Models may follow.
    /// </summary>
    /// <exception cref="InvalidDataException">Something is not there; the message says what.</exception>
    public static WiderFolder? From(ReadOnlySpan<string> words)
    {
        if (words.IsEmpty)
            return null;
        var isRoot = Directory.Exists(words[0]);
        if (!isRoot && words.Length < 2)
            throw new InvalidDataException($"'{words[0]}' is no folder; name the folder with WIDER_val and wider_face_split in it, or the annotations' file and the pictures' folder.");
        var wider = isRoot
            ? new WiderFolder(
                Path.Combine(words[0], "wider_face_split", "wider_face_val_bbx_gt.txt"),
                Path.Combine(words[0], "WIDER_val", "images"), words[1..].ToArray())
            : new WiderFolder(words[0], words[1], words[2..].ToArray());
        if (!File.Exists(wider.Annotations))
            throw new InvalidDataException($"The annotations {wider.Annotations} are not there.");
        return Directory.Exists(wider.Pictures)
            ? wider
            : throw new InvalidDataException($"The pictures' folder {wider.Pictures} is not there.");
    }

    public bool Skips(string model) => Models.Count > 0 && !Models.Contains(model, StringComparer.Ordinal);
}
