using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Reidentify;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

// usage: LiveFace.Reidentify [--only EFFECT] FOLDER...   (folders of pictures with faces; see docs/hiding.md)
EffectKind? only = null;
if (args is ["--only", var wanted, ..] && Enum.TryParse<EffectKind>(wanted, ignoreCase: true, out var named))
    (only, args) = (named, args[2..]);
if (args.Length == 0)
{
    Console.Error.WriteLine("Name at least one folder of pictures; `make reidentify` brings them together and does.");
    return 2;
}

const int Seeds = 3;
var catalogue = ModelCatalogue.Load(ModelCatalogue.Locate(null));
using var preparation = new ModelPreparation(catalogue, TimeProvider.System);
using var pool = new FramePool();
using var detector = OnnxDetector.Open(catalogue.Find("ultraface"), await Prepared("ultraface"));
using var aligner = new FaceAligner(await Prepared("landmarks-68"));
using var embedder = new FaceEmbedder(await Prepared("sface"));
string[] endings = [".jpg", ".jpeg", ".png", ".webp"];
var files = args.SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
    .Where(file => endings.Contains(Path.GetExtension(file).ToLowerInvariant())).Order(StringComparer.Ordinal);
var faces = FaceGallery.Read(files, detector, aligner, pool);
var experiment = new Experiment(faces, embedder);
var tries = experiment.Faces * Seeds;
Console.WriteLine($"{experiment.Faces} faces; {Percent(experiment.HitsUnhidden(), experiment.Faces)} are found unhidden. Chance is " +
    $"{Percent(1, experiment.Faces)}; guessing gives at most {Percent(Experiment.ChanceBound(tries, experiment.Faces), tries)} " +
    $"in 99 of 100 runs with {Seeds} seeds.");
Console.WriteLine();
Console.WriteLine("| effect | strength | found | found in a gallery hidden alike |");
Console.WriteLine("| --- | --- | --- | --- |");
foreach (var (name, kind, strengths) in new (string, EffectKind, int[])[]
{
    ("solid", EffectKind.Solid, [EffectSettings.DefaultStrength]),
    ("drawn face", EffectKind.Glyph, [EffectSettings.DefaultStrength]),
    ("obscure (the default, shown as 'blur')", EffectKind.Obscure, [0, 20, 40, 60, 80, 100]),
    ("mosaic", EffectKind.Mosaic, [0, 20, 40, 60, 80, 100]),
    ("soft blur", EffectKind.SoftBlur, [0, 20, 40, 60, 80, 100]),
})
    foreach (var strength in strengths)
    {
        if (only is { } one && one != kind)
            continue;
        var effect = RegionEffects.Create(new EffectSettings { Kind = kind, Strength = strength });
        // Only noise differs by seed, and what has none is hidden by the other one to the very same pixels.
        var noisy = kind is EffectKind.Obscure or EffectKind.Glyph;
        var alike = " ";
        var hits = 0;
        for (uint seed = 1; seed <= (noisy ? Seeds : 1u); seed++)
        {
            if (kind == EffectKind.Obscure && seed == 1)
            {
                var (found, foundAlike) = experiment.HitsBothWays(effect, RegionStyle.Usual, pool, seed);
                hits += found;
                alike = $" {Percent(foundAlike, experiment.Faces)} ";
            }
            else
            {
                hits += experiment.Hits(effect, RegionStyle.Usual, pool, seed);
            }
        }

        var shown = kind == EffectKind.Solid ? "–" : $"{strength}";
        Console.WriteLine($"| {name} | {shown} | {Percent(hits, noisy ? tries : experiment.Faces)} |{alike}|");
    }

return 0;

static string Percent(int part, int whole) => $"{100.0 * part / whole:0.0} %";

Task<string> Prepared(string id) => preparation.PrepareAsync(catalogue.Find(id), null, CancellationToken.None);
