namespace LiveFace.Films.Pieces;

/// <summary>The pieces in which a film is written, and how much later their pictures stand than in the film.</summary>
/// <param name="Pieces">In their order; together they are the film.</param>
/// <param name="ShiftSeconds">Whole seconds.</param>
/// <param name="Extension">Behind the names of the pieces' films.</param>
public sealed record PiecePlan(IReadOnlyList<FilmPiece> Pieces, long ShiftSeconds, string Extension)
{
    /// <summary>How many pictures the film has.</summary>
    public long Pictures => Pieces.Sum(piece => (long)piece.Pictures);

    internal TimeSpan Shift => TimeSpan.FromSeconds(ShiftSeconds);

    /// <summary>What a piece goes by, in files of a folder.</summary>
    public static IReadOnlyList<string> InputsOf(FilmPiece piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        return [piece.Name + ".boxes.json", piece.Name + ".notes.json"];
    }

    /// <summary>What comes of a piece, in files of a folder; the last is written last.</summary>
    public IReadOnlyList<string> OutputsOf(FilmPiece piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        return [piece.Name + Extension, piece.Name + ".done.json"];
    }
}

/// <summary>Pictures in a row that are written by themselves.</summary>
/// <param name="Name">Begins with its place, and ends with a hash of all that its pictures go by: two of one name are the same film.</param>
/// <param name="First">Its first picture.</param>
/// <param name="Pictures">How many there are.</param>
public sealed record FilmPiece(string Name, int First, int Pictures);
