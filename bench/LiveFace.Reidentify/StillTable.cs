using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;

namespace LiveFace.Reidentify;

/// <summary>Every effect and strength on one picture of each face.</summary>
internal static class StillTable
{
    public static void Print(Experiment experiment, FramePool pool)
    {
        Console.WriteLine($"{experiment.Faces} faces; {Percent.Of(experiment.HitsUnhidden(), experiment.Faces)} are found unhidden. Chance is " +
            $"{Percent.Of(1, experiment.Faces)}; guessing gives at most {Percent.Of(Experiment.ChanceBound(experiment.Faces, experiment.Faces), experiment.Faces)} " +
            "in 99 of 100 runs.");
        Console.WriteLine();
        Console.WriteLine("| effect | strength | found |");
        Console.WriteLine("| --- | --- | --- |");
        foreach (var (name, kind, strengths) in new (string, EffectKind, int[])[]
        {
            ("solid", EffectKind.Solid, [EffectSettings.DefaultStrength]),
            ("drawn face", EffectKind.Glyph, [EffectSettings.DefaultStrength]),
            ("fill (the default, shown as 'blur')", EffectKind.Fill, [0, 20, 40, 60, 80, 100]),
            ("remove", EffectKind.Remove, [EffectSettings.DefaultStrength]),
            ("mosaic", EffectKind.Mosaic, [0, 20, 40, 60, 80, 100]),
            ("soft blur", EffectKind.SoftBlur, [0, 20, 40, 60, 80, 100]),
        })
            foreach (var strength in strengths)
            {
                var effect = RegionEffects.Create(new EffectSettings { Kind = kind, Strength = strength });
                var hits = experiment.Hits(effect, RegionStyle.Usual, pool, seed: 1);
                Console.WriteLine($"| {name} | {(kind == EffectKind.Solid ? "–" : $"{strength}")} | {Percent.Of(hits, experiment.Faces)} |");
            }
    }
}
