using LiveFace.Redaction.Marks;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Masks;

/// <summary>
/// Finds of one picture that a person shows. A mark holds for what was found in nearly the same place by the same model: a box
/// somewhere else, or round two faces, shows nobody.
/// </summary>
internal sealed class KeptFinds(IReadOnlyList<KeepMark> marks)
{
    // Looks at the same picture find the same; what is left is rounding on the way through JSON, and boxes cut off at the edge.
    private const float SamePlace = 0.85f;

    private readonly bool[] _held = new bool[marks.Count];
    private readonly bool[] _refused = new bool[marks.Count];

    /// <summary>Whether marks hold against the policy that is being applied; against a floor they do not.</summary>
    public bool AreHeld { get; set; }

    /// <summary>How many marks stand for a find that is shown.</summary>
    public int Count => _held.Zip(_refused).Count(mark => mark.First && !mark.Second);

    /// <summary>Whether a find is left alone.</summary>
    public bool Holds(string model, BoxF found, int width, int height)
    {
        var inside = found.Intersect(new BoxF(0, 0, width, height));
        var marked = false;
        for (var i = 0; i < _held.Length; i++)
            if (string.Equals(marks[i].Model, model, StringComparison.Ordinal) &&
                Pixels(marks[i].Box, width, height).IntersectionOverUnion(inside) >= SamePlace)
                marked = (AreHeld ? _held : _refused)[i] = true;
        return marked && AreHeld;
    }

    private static BoxF Pixels(ZoneBox box, int width, int height) =>
        new(box.X * width, box.Y * height, (box.X + box.Width) * width, (box.Y + box.Height) * height);
}
