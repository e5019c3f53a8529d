using LiveFace.Rooms;

namespace LiveFace.Storage;

/// <summary>The disk did not take a write or give a read; nothing was changed.</summary>
internal sealed class StorageException(string message, Exception inner) : NotKeptException(message, inner);
