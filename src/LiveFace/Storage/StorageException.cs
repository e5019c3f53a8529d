using LiveFace.Rooms;

namespace LiveFace.Storage;

/// <summary>The disk, or the database that servers share, did not take a write or give a read; nothing was changed.</summary>
internal sealed class StorageException(string message, Exception? inner = null) : NotKeptException(message, inner);
