using System.Globalization;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Media.Images;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Accuracy.Traits;

/// <summary>How well age and gender are read, and of whom: each picture goes the whole way that a picture over HTTP goes.</summary>
internal static class TraitTable
{
    public static async Task PrintAsync(string folder, int most)
    {
        using var preparation = new ModelPreparation(Models.All, TimeProvider.System);
        using var sessions = new InferenceSessions(Models.All, preparation, new InferenceOptions { Device = "cpu" });
        using var detectors = new Detectors(Models.All, sessions);
        var models = await FileModel.AllForAsync(["faces"], Models.All, detectors, progress: null, default);
        var readers = await detectors.GetReadersAsync(FaceTraits.Age | FaceTraits.Gender, progress: null, default);
        var read = new List<TraitResult>();
        var faces = LabelledFace.Read(folder, most);
        var missed = 0;
        foreach (var face in faces)
        {
            var finds = Read(face, models, readers);
            // One face is in each picture: the largest that is found.
            if (finds?.Finds.MaxBy(find => find.Box.Area) is { Reading: { Age: { } age, Gender: { } gender } })
                read.Add(new TraitResult(face, age, gender));
            else
                missed++;
        }

        Console.WriteLine($"{faces.Count} pictures; in {missed} no face was found or read\n");
        Console.WriteLine("| faces | n | mean error of age, years | median | signed | in the range | gender right, all | unsure | right of the rest |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        Row("all", read);
        foreach (var group in read.GroupBy(one => one.Face.Band).OrderBy(group => group.Min(one => one.Face.Age)))
            Row($"{group.Key} years", [.. group]);
        foreach (var group in read.GroupBy(one => one.Face.IsMale).OrderBy(group => group.Key))
            Row(group.Key ? "male" : "female", [.. group]);
        foreach (var group in read.GroupBy(one => one.Face.Group).OrderByDescending(group => group.Count()))
            Row(group.Key, [.. group]);
        AgeLimitTable.Print(read);
    }

    private static PictureFinds? Read(LabelledFace face, IReadOnlyList<FileModel> models, FaceReaders readers)
    {
        try
        {
            return PictureReading.Read(File.ReadAllBytes(face.File), PolicyPresets.BlurFaces, models, readers: new AskedReaders(readers, FaceTraits.Age | FaceTraits.Gender));
        }
        catch (ImageException)
        {
            return null;
        }
    }

    private static void Row(string name, List<TraitResult> of)
    {
        var errors = of.Select(one => MathF.Abs(one.Error)).Order().ToList();
        var sure = of.Where(one => one.Gender.Value != FaceGender.Unsure).ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {of.Count} | {errors.Average():F2} | {errors[errors.Count / 2]:F1} | {of.Average(one => one.Error):F1} | {Part(of, one => one.IsInRange):F0} % | {Part(of, one => one.IsMaleRight):F1} % | {Part(of, one => one.Gender.Value == FaceGender.Unsure):F1} % | {(sure.Count == 0 ? 0 : Part(sure, one => one.IsMaleRight)):F1} % |"));
    }

    private static double Part(List<TraitResult> of, Func<TraitResult, bool> fits) => 100.0 * of.Count(fits) / of.Count;
}
