using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Vision.Tests.Clips;

/// <summary>The annotated pictures that a test run can build from registry packages; see README.md beside the tests.</summary>
internal static class FacePictures
{
    private const string Package = "@vladmandic/face-api";
    private const string Version = "1.7.15";
    private const string Scikit = "/usr/lib/python3/dist-packages/skimage/data/";

    private static readonly SourceFile[] Samples =
    [
        new("demo/sample1.jpg", "8ecae4b267b2d3169e06e00c7dee97097aa2a94635d45216f7732a5f4943cb51"),
        new("demo/sample2.jpg", "7d2b60ae6f13bf30f422e04df87451081a02c83de469056f25afb44b7000c691"),
        new("demo/sample3.jpg", "8eb081c9efb14370fa94d9feab9e5fbeafd19a627491853a80c2bf67f7ffa936"),
        new("demo/sample4.jpg", "729efa5923061d40eb4ed5f267a18cc7b8ba6f852bb2757b16d8b7e4937476fc"),
        new("demo/sample5.jpg", "6d45095ebb182d8f975c0790e0e4eefd86fbb40609cf4b271776d92e12662938"),
        new("demo/sample6.jpg", "9baad80f9d5e306fb9b8c0913d44445f1e95848df317530efb03d0934c57ba87"),
    ];

    /// <summary>Every picture with its faces.</summary>
    public static async Task<IReadOnlyList<AnnotatedPicture>> ReadAsync(string root, FramePool pool, CancellationToken cancel)
    {
        var packages = Packages(root);
        var faces = WiderFace.Read(Path.Combine(root, "tests", "LiveFace.Vision.Tests", "Clips", "faces.txt"));
        var pictures = new List<AnnotatedPicture>();
        for (var i = 0; i < Samples.Length; i += 2)
        {
            var source = new NpmModelSource(Package, Version, Samples[i], Samples[i + 1]);
            foreach (var (file, sample) in (await packages.ReadAsync(source, (_, _) => { }, cancel)).Zip(Samples[i..(i + 2)]))
            {
                var name = Path.GetFileName(sample.Path);
                pictures.Add(new AnnotatedPicture(name, ImageFile.Decode(file, pool), faces.Single(f => f.Name == name).Faces));
            }
        }

        pictures.Add(new AnnotatedPicture("astronaut.png", Read("astronaut.png", pool), [new(178, 68, 272, 178)]));
        return pictures;
    }

    /// <summary>One of the sample pictures as the file that it is.</summary>
    public static async Task<byte[]> FileAsync(string root, string name, CancellationToken cancel)
    {
        var at = Array.FindIndex(Samples, sample => Path.GetFileName(sample.Path) == name);
        var source = new NpmModelSource(Package, Version, Samples[at], Weights: null);
        return (await Packages(root).ReadAsync(source, (_, _) => { }, cancel))[0];
    }

    /// <summary>A picture of Debian's python3-skimage without any face.</summary>
    public static VideoFrame Background(int index, FramePool pool) =>
        Read((index % 3) switch { 0 => "motorcycle_left.png", 1 => "coffee.png", _ => "rocket.jpg" }, pool);

    private static NpmPackages Packages(string root) =>
        new(Path.Combine(root, "node_modules"), Path.Combine(root, ".cache", "npm"), new NpmPack(root));

    private static VideoFrame Read(string name, FramePool pool) => ImageFile.Decode(File.ReadAllBytes(Scikit + name), pool);
}
