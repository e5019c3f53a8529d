// Hides the faces of one picture: redact models group.jpg safe.png
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;
using LiveFace.Redaction;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

if (args is not [var folder, var from, var to])
{
    Console.Error.WriteLine("usage: redact FOLDER-OF-MODELS PICTURE SAFE.png");
    return 64;
}

var catalogue = ModelCatalogue.Load(folder);
using var preparation = new ModelPreparation(catalogue, TimeProvider.System);
using var sessions = new InferenceSessions(catalogue, preparation, new InferenceOptions());
using var detectors = new Detectors(catalogue, sessions);
var faces = await detectors.GetAsync(catalogue.ForFiles("faces")!.Id, progress: null, CancellationToken.None);

using var pool = new FramePool();
using var frame = ImageFile.Decode(File.ReadAllBytes(from), pool);

// The look comes before anything is changed, and its receipt is what the redactor believes.
using var look = new ExhaustiveLook(faces, pool, LookViews.All);
var mark = new FrameMarks().Add(frame, TimeSpan.Zero);
var seen = new VisionState();
seen.Add("faces", faces);
seen.Take("faces", look.See(frame, mark));
var tracks = new FrameTracks();
tracks.Set(mark, frame, []);

using var redactor = new Redactor(pool);
var policy = PolicySnapshot.Create(1, PolicyPresets.BlurFaces with { Strict = true, LookAheadFrames = 0 });
var safe = redactor.Redact(frame, policy, seen, tracks);
File.WriteAllBytes(to, ImageFile.Encode(safe, ImageFormat.Png));

// Where no look vouches for the picture, all of it is covered, and it is this that was written.
Console.WriteLine(redactor.Decision.IsCovered ? "covered" : "redacted");
return 0;
