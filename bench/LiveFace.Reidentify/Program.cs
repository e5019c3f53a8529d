using System.Globalization;
using LiveFace.Media.Frames;
using LiveFace.Reidentify;
using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Identity;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

// usage: LiveFace.Reidentify stills|films|pairs|enrol FOLDER...   (folders of pictures with faces; see docs/reference/hiding.md)
if (args is not ["stills" or "films" or "pairs" or "enrol", _, ..])
{
    Console.Error.WriteLine("Say stills, films, pairs or enrol, and at least one folder of pictures; `make reidentify` brings them together and does.");
    return 2;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var catalogue = ModelCatalogue.Load(ModelCatalogue.Locate(null));
using var preparation = new ModelPreparation(catalogue, TimeProvider.System);
using var pool = new FramePool();
using var detector = OnnxDetector.Open(catalogue.Find("ultraface"), await Prepared("ultraface"));
using var aligner = new FaceAligner(await Prepared("landmarks-68"));
using var embedder = new FaceEmbedder(await Prepared("sface"));
string[] endings = [".jpg", ".jpeg", ".png", ".webp"];
var files = args[1..].SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
    .Where(file => endings.Contains(Path.GetExtension(file).ToLowerInvariant())).Order(StringComparer.Ordinal);
if (args[0] is "pairs" or "enrol")
{
    using var sessions = new InferenceSessions(catalogue, preparation, new InferenceOptions { Device = "cpu" });
    var identifier = await FaceIdentifier.OpenAsync(catalogue, sessions, progress: null, CancellationToken.None);
    if (args[0] == "pairs")
        new PairTable(detector, identifier, pool).Print(files);
    else
        new EnrolTable(detector, identifier, pool).Print(files);
    return 0;
}

var faces = FaceGallery.Read(files, detector, aligner, pool);
if (args[0] == "stills")
    StillTable.Print(new Experiment(faces, embedder), pool);
else
    FilmTable.Print(new FilmExperiment(faces, embedder, RegionStyle.Usual, pool));
return 0;

Task<string> Prepared(string id) => preparation.PrepareAsync(catalogue.Find(id), null, CancellationToken.None);
