using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Boxes;

/// <summary>Makes one box file of several, or of one and more finds.</summary>
internal static class BoxFileMerge
{
    /// <summary>Puts the parts of a film together, in their order.</summary>
    /// <exception cref="BoxFileException">They do not fit.</exception>
    public static void Run(IReadOnlyList<string> parts, Stream output, FilmVault? vault = null)
    {
        if (parts.Count == 0)
            throw new BoxFileException("There are no parts to put together.");
        BoxFileWriter? writer = null;
        try
        {
            FilmPart? last = null;
            FilmFacts? film = null;
            FaceTraits? reads = null;
            var (index, picture) = (0, new BoxPicture());
            foreach (var part in parts)
            {
                using var reader = BoxFileReader.Open(part, vault);
                var facts = reader.Head.Film;
                Check(Path.GetFileName(part), facts, film, last);
                if (reads is { } traits && traits != reader.Head.Attributes)
                    throw new BoxFileException($"{Path.GetFileName(part)} has other attributes of faces than the part before it.");
                reads = reader.Head.Attributes;
                writer ??= new BoxFileWriter(output, reader.Head with { Film = facts with { Part = FilmPart.All }, Tracks = null });
                for (; reader.TryNext(picture); index++)
                {
                    picture.Index = index;
                    writer.Write(picture);
                }

                (film, last) = (facts, facts.Part);
            }

            if (last!.Value.To is not null)
                throw new BoxFileException("The last part does not go on to the end of the film.");
            writer!.Finish();
        }
        finally
        {
            writer?.Dispose();
        }
    }

    private static void Check(string name, FilmFacts facts, FilmFacts? film, FilmPart? last)
    {
        if (film is not null && facts with { Part = FilmPart.All } != film with { Part = FilmPart.All })
            throw new BoxFileException($"{name} is of another film than the part before it.");
        if (facts.Part.From != last?.To || (last is not null && facts.Part.From is null))
            throw new BoxFileException($"{name} does not begin where the part before it ends.");
    }
}
