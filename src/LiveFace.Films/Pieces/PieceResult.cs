using System.Text.Json;
using LiveFace.Films.Boxes;
using LiveFace.Films.Rendering;
using LiveFace.Vision;
using LiveFace.Vision.Detection;

namespace LiveFace.Films.Pieces;

/// <summary>What came of a piece: how many pictures were covered, and what the look at it found.</summary>
internal sealed record PieceResult(long Pictures, long Covered, int Unlooked, IReadOnlyList<PieceFind> Finds)
{
    public static PieceResult Of(RenderResult rendered, SecondFinds finds, int pictures) => new(
        rendered.Pictures, rendered.Unlooked, finds.Unlooked,
        [.. Enumerable.Range(0, pictures).SelectMany(picture => finds.Of(picture).Select(find => PieceFind.Of(picture, find, finds.IsSure(picture, find))))]);

    /// <summary>Adds what was found to what was found in the film.</summary>
    public void AddTo(SecondFinds all, int first)
    {
        foreach (var find in Finds)
            all.Add(first + find.Picture, find.ToFind(), find.Sure);
        all.Unlooked += Unlooked;
    }

    public void Write(string path, FilmVault vault)
    {
        var part = path + ".part";
        using (var file = vault.Create(part))
            JsonSerializer.Serialize(file, this);
        File.Move(part, path, overwrite: true);
    }

    public static PieceResult Read(string path, FilmVault vault)
    {
        using var file = vault.OpenRead(path);
        return JsonSerializer.Deserialize<PieceResult>(file) ?? throw new BoxFileException($"{Path.GetFileName(path)} holds nothing.");
    }
}

/// <summary>A find in a picture of a piece.</summary>
internal sealed record PieceFind(int Picture, int Model, int Class, float Score, float[] Box, float[]? Points, bool Sure)
{
    public static PieceFind Of(int picture, in BoxFind find, bool isSure) => new(
        picture, find.Model, find.Class, find.Score, [find.Box.Left, find.Box.Top, find.Box.Right, find.Box.Bottom],
        find.Points is { } at
            ? [at.RightEyeX, at.RightEyeY, at.LeftEyeX, at.LeftEyeY, at.NoseX, at.NoseY, at.RightMouthX, at.RightMouthY, at.LeftMouthX, at.LeftMouthY]
            : null,
        isSure);

    public BoxFind ToFind() => new(
        Model, Class, Score, new BoxF(Box[0], Box[1], Box[2], Box[3]),
        Points is { Length: 10 } at ? new FaceLandmarks(at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7], at[8], at[9]) : null);
}
