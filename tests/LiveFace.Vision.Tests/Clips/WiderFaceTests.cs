using LiveFace.Media.Frames;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests.Clips;

/// <summary>
/// A folder as WIDER FACE is published, with pictures that tests have anyway: wider_face_split/wider_face_val_bbx_gt.txt
/// beside WIDER_val/images, where each event has a folder.
/// </summary>
public sealed class WiderFaceTests : IDisposable
{
    private const string Rocket = "/usr/lib/python3/dist-packages/skimage/data/rocket.jpg";

    // Lines end with a space there.
    private const string Annotations = """
        9--Press_Conference/9_Press_Conference_Press_Conference_9_1.jpg
        5
        825 422 213 240 0 0 0 0 0 0 
        410 355 188 245 1 0 0 0 0 0 
        1462 214 226 222 2 1 1 1 2 1 
        12 15 4 5 2 0 0 0 2 0 
        300 20 0 7 2 0 0 0 2 0 
        39--Ice_Skating/39_Ice_Skating_iceskiing_39_380.jpg
        0
        0 0 0 0 0 0 0 0 0 0 

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("liveface").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Faces_are_read_and_those_that_are_not_valid_stand_apart()
    {
        var pictures = WiderFace.Read(Write(Annotations));
        pictures.Select(p => p.Name).ShouldBe(
        [
            "9--Press_Conference/9_Press_Conference_Press_Conference_9_1.jpg", "39--Ice_Skating/39_Ice_Skating_iceskiing_39_380.jpg",
        ]);
        pictures[0].Faces.ShouldBe([new BoxF(825, 422, 1038, 662), new BoxF(410, 355, 598, 600), new BoxF(12, 15, 16, 20)]);
        pictures[0].Ignored.ShouldBe([new BoxF(1462, 214, 1688, 436), new BoxF(300, 20, 300, 27)]);
        pictures[1].Faces.ShouldBeEmpty();
        pictures[1].Ignored.ShouldBeEmpty();
    }

    [Fact]
    public void A_picture_without_faces_may_do_without_its_line_of_zeros()
    {
        var pictures = WiderFace.Read(Write("a/b.jpg\n0\nc/d.jpg\r\n1\r\n1 2 3 4 0 0 0 0 0 0 \r\n"));
        pictures.Select(p => (p.Name, p.Faces.Count)).ShouldBe([("a/b.jpg", 0), ("c/d.jpg", 1)]);
    }

    [Theory]
    [InlineData("a/b.jpg\n1\n1 2 3 4 0 0 0 0 0\n", 3)]
    [InlineData("a/b.jpg\n2\n1 2 3 4 0 0 0 0 0 0\n", 4)]
    [InlineData("a/b.jpg\nc/d.jpg\n", 2)]
    [InlineData("a/b.jpg\n1\n1 2 3 x 0 0 0 0 0 0\n", 3)]
    public void A_line_that_is_wrong_is_named(string text, int line) =>
        Should.Throw<InvalidDataException>(() => WiderFace.Read(Write(text))).Message.ShouldContain($"line {line}: expected");

    [Fact]
    public async Task The_accuracy_command_measures_a_folder_as_it_is_published()
    {
        await BuildAsync();
        var (code, output) = await AccuracyProgram.RunAsync("stills", "--wider", _folder, "--looks", "whole", "--side", "2000");
        code.ShouldBe(0, output);
        // Two faces are valid and large enough. The third is found as well, and that is no mistake.
        output.ShouldContain("2 faces of 8 px and more, 1 pictures without faces");
        var row = output.Split('\n').Single(line => line.StartsWith("| ultraface, one pass | 1", StringComparison.Ordinal));
        row.Split('|')[2].Trim().ShouldBe("1.000", output);
    }

    [Fact]
    public async Task The_accuracy_command_says_what_is_missing()
    {
        var (code, output) = await AccuracyProgram.RunAsync("stills", "--wider", _folder);
        code.ShouldBe(2);
        output.ShouldContain("wider_face_val_bbx_gt.txt are not there.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task BuildAsync()
    {
        var pictures = Path.Combine(_folder, "WIDER_val", "images");
        foreach (var (name, bytes) in new[]
        {
            ("9--Press_Conference/9_Press_Conference_Press_Conference_9_1.jpg", await FacePictures.FileAsync(Repository.Root, "sample1.jpg", Cancel)),
            ("39--Ice_Skating/39_Ice_Skating_iceskiing_39_380.jpg", await File.ReadAllBytesAsync(Rocket, Cancel)),
        })
        {
            var path = Path.Combine(pictures, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, bytes, Cancel);
        }

        Write(Annotations);
    }

    private string Write(string annotations)
    {
        var split = Path.Combine(_folder, "wider_face_split");
        Directory.CreateDirectory(split);
        var path = Path.Combine(split, "wider_face_val_bbx_gt.txt");
        File.WriteAllText(path, annotations);
        return path;
    }
}
