using System.Runtime.InteropServices;
using LiveFace.Films.Boxes;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;

namespace LiveFace.Films.Links;

/// <summary>A find as linking needs it.</summary>
/// <param name="Picture">In which picture.</param>
/// <param name="Model">Of which model.</param>
/// <param name="Class">An index into the model's labels.</param>
/// <param name="Score">How sure the look was.</param>
/// <param name="Box">Where.</param>
/// <param name="IsStrong">Whether the look was sure of it.</param>
/// <param name="Bar">The score from which it is hidden where nothing else speaks for it: by its size, and for what a thorough look found any.</param>
/// <param name="IsConfirmed">Whether a thorough look found it, or one at the redacted film.</param>
internal readonly record struct Find(int Picture, byte Model, ushort Class, float Score, BoxF Box, bool IsStrong, float Bar, bool IsConfirmed)
{
    /// <summary>Whether it is hidden where nothing else speaks for it.</summary>
    public bool Hides => Score >= Bar;
}

/// <summary>All finds of a film, picture by picture, in as little memory as they take.</summary>
public sealed class FilmFinds
{
    private readonly List<Find> _finds = [];
    private readonly Dictionary<int, FaceAttributes> _readings = [];
    private readonly List<int> _begins = [0];
    private readonly List<PictureFacts> _pictures = [];

    private float _pixels = 1;

    private readonly record struct PictureFacts(TimeSpan At, bool Cut);

    /// <summary>How many pictures there are.</summary>
    public int Pictures => _pictures.Count;

    internal ReadOnlySpan<Find> All => CollectionsMarshal.AsSpan(_finds);

    /// <summary>Reads a box file from where its pictures begin to its end.</summary>
    public static FilmFinds Read(BoxFileReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var finds = new FilmFinds();
        var picture = new BoxPicture();
        while (reader.TryNext(picture))
            finds.Add(picture, reader.Head);
        return finds;
    }

    /// <summary>Adds the next picture.</summary>
    public void Add(BoxPicture picture, BoxFileHead head)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(head);
        var pixels = (float)head.Film.Width * head.Film.Height;
        foreach (var item in picture.Found)
        {
            var model = head.Models[item.Model];
            var (strong, isThorough) = (model.Score, false);
            foreach (var look in picture.Looks)
                if (look.Model == item.Model)
                    (strong, isThorough) = (look.Strong, look.Thorough);
            var bar = new HidingBar(model.HidesSmall, model.HidesLarge).For(item.Box, pixels);
            if (item.Read is { } read)
                _readings[_finds.Count] = read;
            _finds.Add(new Find(
                picture.Index, (byte)item.Model, (ushort)item.Class, item.Score, item.Box, item.Score >= strong,
                isThorough || item.Second ? MathF.Min(bar, item.Score) : bar, isThorough || item.Second));
        }

        _pixels = pixels;
        _begins.Add(_finds.Count);
        _pictures.Add(new PictureFacts(picture.At, picture.Cut));
    }

    /// <summary>What was read of a find, by its index.</summary>
    internal FaceAttributes? ReadingOf(int find) => _readings.GetValueOrDefault(find);

    internal TimeSpan At(int picture) => _pictures[picture].At;

    internal bool IsCut(int picture) => _pictures[picture].Cut;

    /// <summary>How large a box is: the square root of the part of the picture that it takes.</summary>
    internal float SideOf(BoxF box) => MathF.Sqrt(MathF.Max(0, box.Area) / MathF.Max(1, _pixels));

    /// <summary>The finds of a picture, by their indices: from the first on, before the second.</summary>
    internal (int From, int To) Of(int picture) => (_begins[picture], _begins[picture + 1]);

    internal float SecondsBetween(int earlier, int later) => (float)(At(later) - At(earlier)).TotalSeconds;
}
