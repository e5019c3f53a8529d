namespace LiveFace.Storage.Encryption;

/// <summary>An encrypted file is not what was written: it was changed, cut off, put in another's place, or has another key.</summary>
internal sealed class SealedFileException(string message) : IOException(message);
