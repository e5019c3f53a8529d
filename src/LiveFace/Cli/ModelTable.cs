using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Cli;

/// <summary>The table of <c>liveface models</c>.</summary>
internal static class ModelTable
{
    private static readonly string[] Head = ["MODEL", "JOB", "LICENCE OF WEIGHTS", "STATE", "SIZE", "WHAT IT IS"];

    public static void Write(ModelCatalogue catalogue, ModelPreparation preparation, TextWriter output)
    {
        string[][] rows = [Head, .. catalogue.Models.Select(model => Row(model, preparation))];
        var widths = Enumerable.Range(0, Head.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    private static string[] Row(ModelEntry model, ModelPreparation preparation)
    {
        var prepared = preparation.IsPrepared(model);
        return
        [
            model.Id, ModelWords.Of(model.Job), model.Licence.Weights,
            (model.IsOn, prepared) switch
            {
                (true, true) => "prepared",
                (true, false) => "not prepared",
                (false, true) => "off, prepared",
                (false, false) => "off",
            },
            prepared ? $"{preparation.SizeOf(model) / 1e6:0.0} MB" : "",
            model.Title,
        ];
    }
}
