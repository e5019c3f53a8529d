namespace LiveFace.Files;

/// <summary>A file that could not be made safe to show, with a sentence for whoever asked for it. Nothing was written.</summary>
internal sealed class FileRedactionException(string message) : Exception(message);
