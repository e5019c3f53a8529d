using System.Globalization;

namespace LiveFace.Vision.Tests.Clips;

/// <summary>The accuracy tool on a list of pictures of one's own.</summary>
public sealed class FacesListTests : IDisposable
{
    // The three faces of sample1.jpg, of Clips/faces.txt.
    private const string First = "[825, 422, 213, 240]";
    private const string Second = "[410, 355, 188, 245]";
    private const string Third = "[1462, 214, 226, 222]";
    private const string Nowhere = "[100, 60, 150, 180]";

    private readonly string _folder = Directory.CreateTempSubdirectory("liveface").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_found_is_hidden_and_what_is_hidden_is_counted()
    {
        var (faces, missed, area) = await MeasureAsync($$"""{"file": "a.jpg", "faces": [{{First}}, {{Second}}, {{Third}}]}""");
        (faces, missed).ShouldBe((3, 0));
        area.ShouldBeInRange(1.2, 5);
    }

    [Fact]
    public async Task A_face_that_nobody_sees_is_missed_and_one_that_is_not_listed_is_hidden_falsely()
    {
        var (faces, missed, area) = await MeasureAsync($$"""{"file": "a.jpg", "faces": [{{First}}, {{Nowhere}}]}""");
        (faces, missed).ShouldBe((2, 50));
        var (_, _, without) = await MeasureAsync($$"""{"file": "a.jpg", "faces": [{{First}}, {{Nowhere}}], "ignore": [{{Second}}, {{Third}}]}""");
        area.ShouldBeGreaterThan(2 * without);
    }

    [Theory]
    [InlineData("{\"file\": \"a.jpg\", \"faces\": []}\n{\"file\": \"a.jpg\"}", 2)]
    [InlineData("{\"file\": \"a.jpg\", \"faces\": [[1, 2, 3]]}", 1)]
    [InlineData("a.jpg 1 2 3 4", 1)]
    public async Task A_line_that_is_wrong_is_named(string list, int line)
    {
        var (code, output) = await AccuracyProgram.RunAsync("stills", "--list", await WriteAsync(list));
        code.ShouldBe(2, output);
        output.ShouldContain($"line {line}: expected");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(int Faces, double Missed, double Area)> MeasureAsync(string line)
    {
        await File.WriteAllBytesAsync(
            Path.Combine(_folder, "a.jpg"), await FacePictures.FileAsync(Models.Repository.Root, "sample1.jpg", Cancel), Cancel);
        var (code, output) = await AccuracyProgram.RunAsync("stills", "--list", await WriteAsync(line), "--looks", "whole");
        code.ShouldBe(0, output);
        var faces = output[(output.IndexOf("most; ", StringComparison.Ordinal) + 6)..].Split(' ')[0];
        var row = output.Split('\n').First(text => text.StartsWith("| ultraface, one pass |", StringComparison.Ordinal)).Split('|');
        return (int.Parse(faces, CultureInfo.InvariantCulture), Number(row[3].Replace("%", "", StringComparison.Ordinal)), Number(row[8]));
    }

    private async Task<string> WriteAsync(string list)
    {
        var path = Path.Combine(_folder, "faces.jsonl");
        await File.WriteAllTextAsync(path, list, Cancel);
        return path;
    }

    private static double Number(string text) => double.Parse(text.Trim(), CultureInfo.InvariantCulture);
}
