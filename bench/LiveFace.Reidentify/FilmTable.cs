using LiveFace.Redaction.Effects;

namespace LiveFace.Reidentify;

/// <summary>What films give back while the mask moves, beside one picture.</summary>
internal static class FilmTable
{
    private const int MosaicStrength = 90;
    private static readonly int[] Lengths = [30, 60, 120];

    public static void Print(FilmExperiment experiment)
    {
        Console.WriteLine($"{experiment.Faces} faces. Chance is {Percent.Of(1, experiment.Faces)}.");
        Console.WriteLine();
        Console.WriteLine("| effect | jitter of the mask | pictures | found | in a gallery hidden alike | by the covered part alone |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var (name, effect, cells) in new (string, Func<IRegionEffect>, CellPrior?)[]
        {
            ("fill (shown as 'blur')", () => new FillEffect(), null),
            ("remove", () => new RemoveEffect(), null),
            ("noisy cells", () => NoisyCells.Usual, CellPrior.NoisyCells),
            ($"mosaic {MosaicStrength}", () => new MosaicEffect(MosaicStrength), CellPrior.Mosaic(MosaicEffect.CellsAt(MosaicStrength))),
        })
        {
            Row(name, "–", 1, experiment.Still(effect, 1));
            foreach (var jitter in new[] { 0.01, 0.02, 0.04 })
            {
                var results = experiment.Run(effect, cells, jitter, Lengths, 1);
                for (var i = 0; i < Lengths.Length; i++)
                    Row(name, $"{jitter * 100:0} %", Lengths[i], results[i]);
            }
        }

        void Row(string name, string jitter, int pictures, FilmResult result) => Console.WriteLine(
            $"| {name} | {jitter} | {pictures} | {Percent.Of(result.Found, experiment.Faces)} | " +
            $"{Percent.Of(result.FoundAlike, experiment.Faces)} | {Percent.Of(result.FoundCovered, experiment.Faces)} |");
    }
}
