namespace LiveFace.Rooms;

/// <summary>What should last was not taken by the disk; nothing was changed.</summary>
public class NotKeptException(string message, Exception? inner) : Exception(message, inner);
