using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;

namespace LiveFace.Rooms.Tests;

/// <summary>A shelf that has a face identifier, or none, and no detectors.</summary>
internal sealed class IdentityShelf(FaceIdentifier? identifier) : IDetectorShelf
{
    public FaceTemplate? Enrolled { get; set; }

    public HashSet<(string Person, string Room)> Asked { get; } = [];

    public FaceTemplate? FindPerson(string person, string room)
    {
        Asked.Add((person, room));
        return Enrolled;
    }

    public ShelfState Find(string model, out IDetector? detector)
    {
        detector = null;
        return ShelfState.Missing;
    }

    public ShelfState FindIdentifier(out FaceIdentifier? found)
    {
        found = identifier;
        return found is null ? ShelfState.Missing : ShelfState.Ready;
    }
}
