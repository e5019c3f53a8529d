using LiveFace.Media.Frames;

namespace LiveFace.Accuracy.Sight;

/// <summary>
/// Ways of looking at still pictures side by side: what stays in sight, what is hidden for that, what is hidden where nobody
/// is, and what a pass costs.
/// </summary>
internal static class StillTable
{
    /// <summary>Hidden area at which ways are compared: about what an oval round a box 1.3 times as large takes.</summary>
    private const double FairArea = 2.5;

    public static async Task PrintAsync(SightOptions options)
    {
        SightPicture[] own = [.. options.Lists.SelectMany(FacesFile.Read), .. options.Wider.SelectMany(WiderPictures.Read)];
        using var builtIn = own.Length == 0 ? await BuiltInPictures.OpenAsync() : null;
        var pictures = options.Sample([.. builtIn?.All() ?? own]);
        using var pool = new FramePool();
        using var hidden = new HiddenPixels(pool);
        var models = new List<SightModel>();
        foreach (var id in options.Models)
            models.Add(await SightModel.OpenAsync(id));
        PassCost.Measure(models);
        var groups = pictures.Select(picture => picture.Group).Distinct().ToArray();
        var rows = models.SelectMany(model => model.Looks(options.Looks, pool)).Select(look => new StillRow(look, groups)).ToList();
        foreach (var (number, picture) in pictures.Index())
        {
            using var view = new SightView(picture, options.Side, pool);
            var truth = new TruthMap(view.Width, view.Height, view.Faces, view.Ignored);
            foreach (var row in rows)
                row.Count(picture.Group, view, truth, hidden, options.Write is { } folder ? Path.Combine(folder, $"{number:D4}") : null);
        }

        PrintRows(rows, pictures.Count, options.Side);
        PrintAreas(rows);
        PrintGroups(rows, groups);
        if (options.Curve)
            PrintCurves(rows);
        PassCost.Print(models);
        rows.ForEach(row => row.Dispose());
        models.ForEach(model => model.Dispose());
    }

    private static void PrintRows(List<StillRow> rows, int pictures, int side)
    {
        var first = rows[0].Score;
        Console.WriteLine($"{pictures} pictures, {side} px on the longer side at most; {first.AllFaces} faces of {FaceSizes.Least} px and more, {first.FacelessPictures} pictures without faces.\n");
        Console.WriteLine($"| way | AP at 0.5, ≥ 16 px | missed | {string.Join(" | ", FaceSizes.Names.Zip(first.Faces, (name, count) => $"{name} ({count})"))} | hidden area, × the faces' | missed at area {FairArea} | false masks a faceless picture | of it hidden |");
        Console.WriteLine($"| --- | --- | --- |{string.Concat(FaceSizes.Names.Select(_ => " --- |"))} --- | --- | --- | --- |");
        foreach (var row in rows)
        {
            var score = row.Score;
            Console.WriteLine(
                $"| {row.Name} | {row.Precision.Average():F3} | {score.MissedPart:P1} | {string.Join(" | ", Enumerable.Range(0, FaceSizes.Count).Select(score.MissedOf))} " +
                $"| {score.Area:F2} | {(row.MissedAtArea(FairArea) is { } missed ? $"{missed:P1}" : "–")} | {score.FalseMasksEach:F2} | {score.FalselyHiddenPart:P2} |");
        }

        Console.WriteLine();
    }

    private static void PrintAreas(List<StillRow> rows)
    {
        Console.WriteLine($"| hidden area, × the faces' | {string.Join(" | ", FaceSizes.Names)} | elsewhere, × all faces' |");
        Console.WriteLine($"| --- |{string.Concat(FaceSizes.Names.Select(_ => " --- |"))} --- |");
        foreach (var row in rows)
            Console.WriteLine($"| {row.Name} | {string.Join(" | ", Enumerable.Range(0, FaceSizes.Count).Select(size => $"{row.Score.AreaOf(size):F2}"))} | {row.Score.AreaElsewhere:F2} |");
        Console.WriteLine();
    }

    private static void PrintGroups(List<StillRow> rows, string[] groups)
    {
        if (groups.Length < 3)
            return;
        Console.WriteLine($"| missed, hidden area; without faces: masks, hidden | {string.Join(" | ", rows.Select(row => row.Name))} |");
        Console.WriteLine($"| --- |{string.Concat(rows.Select(_ => " --- |"))}");
        foreach (var group in groups)
            Console.WriteLine($"| {group} | {string.Join(" | ", rows.Select(row => row.GroupText(group)))} |");
        Console.WriteLine();
    }

    private static void PrintCurves(List<StillRow> rows)
    {
        Console.WriteLine($"| missed, hidden area by least score | {string.Join(" | ", rows.Select(row => row.Name))} |");
        Console.WriteLine($"| --- |{string.Concat(rows.Select(_ => " --- |"))}");
        foreach (var (score, index) in StillRow.Scores.Select((score, index) => (score, index)))
            Console.WriteLine($"| {score:F2} | {string.Join(" | ", rows.Select(row => $"{row.Curve[index].MissedPart:P1}, {row.Curve[index].Area:F2}"))} |");
        Console.WriteLine();
    }
}
