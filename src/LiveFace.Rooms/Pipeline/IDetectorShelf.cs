using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;

namespace LiveFace.Rooms.Pipeline;

/// <summary>How far a model is.</summary>
public enum ShelfState
{
    /// <summary>It can be looked with.</summary>
    Ready,

    /// <summary>It is being loaded; ask again.</summary>
    Loading,

    /// <summary>It is not there, and asking again changes nothing before somebody acts.</summary>
    Missing,
}

/// <summary>The server's detectors by the names that policies use, shared by all rooms. Quick, from any thread.</summary>
public interface IDetectorShelf
{
    /// <summary>The detector of this name, if it is ready; asking begins to load it.</summary>
    ShelfState Find(string model, out IDetector? detector);

    /// <summary>What tells people apart. Without it nobody is exempt, and everybody is hidden.</summary>
    ShelfState FindIdentifier(out FaceIdentifier? identifier)
    {
        identifier = null;
        return ShelfState.Missing;
    }

    /// <summary>What reads faces. Without it nothing is read, and nobody is shown for their age.</summary>
    ShelfState FindReaders(FaceTraits traits, out IFaceReaders? readers)
    {
        readers = null;
        return ShelfState.Missing;
    }

    /// <summary>What is kept of somebody enrolled, as of this moment; null hides them.</summary>
    FaceTemplate? FindPerson(string person, string room) => null;
}
