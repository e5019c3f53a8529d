namespace LiveFace.Storage;

/// <summary>Where the lines of the audit log lie, in their order; none is ever changed or taken out.</summary>
internal interface IAuditLines
{
    /// <summary>How large they are together.</summary>
    long Bytes { get; }

    /// <summary>Adds the line that <paramref name="make"/> gives for the mark of the one before it, and gives where it stands.</summary>
    /// <exception cref="StorageException">It was not taken.</exception>
    AuditMark Append(Func<AuditMark, string> make);

    /// <summary>Some lines before a place, the newest first, each with the place that it begins at; the end where none is named.</summary>
    /// <exception cref="StorageException">They cannot be read.</exception>
    IEnumerable<(long Begin, string Text)> Before(long? place);
}
