namespace LiveFace.Vision.Identity;

/// <summary>
/// Those who agreed to be known again. One is asked for by id, and nothing here tells who somebody is. Quick, from any thread.
/// </summary>
public interface IEnrolledPeople
{
    /// <summary>What is kept of somebody; null for who is not enrolled now, or not for this room, or whose data cannot be read.</summary>
    FaceTemplate? Find(string person, string room);
}
