using LiveFace.Films.Detection;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Films;

/// <summary>A film whose faces are known.</summary>
internal interface IKnownFilm : IFilm
{
    /// <summary>Where the faces are in each picture.</summary>
    FaceTruth[][] Truth();
}
