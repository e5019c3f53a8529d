namespace LiveFace.Rooms;

/// <summary>A room of which something lasts that others may write as well.</summary>
public interface IKeptRoom
{
    /// <summary>
    /// Reads what is kept of it, and what was written there since by somebody else takes force, from the next frame on. What was taken out there
    /// changes nothing that holds.
    /// </summary>
    /// <exception cref="NotKeptException">It cannot be read; nothing changes.</exception>
    void TakeUp();
}
