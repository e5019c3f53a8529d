using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;

namespace LiveFace.Vision.Tests.Clips;

/// <summary>
/// Photographs of Debian packages in which nobody is, looked through one by one. Those of python3-skimage and opencv-doc are
/// there for every test; the wallpapers' packages are scripts/packages/accuracy.txt.
/// </summary>
internal static class FacelessPictures
{
    private const string Scikit = "/usr/lib/python3/dist-packages/skimage/data/";
    private const string OpenCv = "/usr/share/doc/opencv-doc/examples/data/";
    private const string Plasma = "/usr/share/wallpapers/";
    private const string Mate = "/usr/share/backgrounds/mate/nature/";

    /// <summary>Those of the packages that every test has.</summary>
    public static string[] Usual { get; } =
    [
        .. Names("coffee.png motorcycle_left.png rocket.jpg grass.png gravel.png brick.png retina.jpg ihc.png hubble_deep_field.jpg moon.png clock_motion.png")
            .Select(name => Scikit + name),
        .. Names("aero1.jpg aero3.jpg aloeL.jpg apple.jpg board.jpg building.jpg butterfly.jpg fruits.jpg home.jpg leuvenA.jpg orange.jpg rubberwhale1.png smarties.png squirrel_cls.jpg starry_night.jpg stuff.jpg licenseplate_motion.jpg ela_original.jpg")
            .Select(name => OpenCv + name),
    ];

    /// <summary>Those of plasma-workspace-wallpapers and mate-backgrounds.</summary>
    public static string[] Wallpapers { get; } =
    [
        .. Names("BytheWater ColdRipple ColorfulCups DarkestHour EveningGlow FallenLeaf Grey Kite OneStandsOut Path summer_1am")
            .Select(name => $"{Plasma}{name}/contents/images/2560x1600.jpg"),
        .. Names("Aqua Blinds Dune FreshFlower Garden GreenMeadow LadyBird RainDrops Storm TwoWings Wood YellowFlower").Select(name => $"{Mate}{name}.jpg"),
    ];

    /// <summary>A part of a picture: the whole for 0, and other places and sizes for the numbers behind it.</summary>
    public static VideoFrame Cut(string path, int number, FramePool pool)
    {
        var picture = ImageFile.Decode(File.ReadAllBytes(path), pool);
        if (number == 0)
            return picture;
        using (picture)
        {
            var random = new Random(number * 7919 + picture.Width);
            var part = 0.35f + 0.4f * random.NextSingle();
            var (width, height) = ((int)(picture.Width * part) & ~1, (int)(picture.Height * part) & ~1);
            var cut = pool.Rent(width, height);
            FrameCopy.Crop(picture, random.Next(picture.Width - width) & ~1, random.Next(picture.Height - height) & ~1, cut);
            return cut;
        }
    }

    private static string[] Names(string words) => words.Split(' ');
}
