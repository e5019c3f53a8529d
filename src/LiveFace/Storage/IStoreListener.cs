namespace LiveFace.Storage;

/// <summary>
/// Keeps in memory what stands in a shared table, and reads anew what another server changed there. When a call returns, memory is no older
/// than the database was when the call began.
/// </summary>
internal interface IStoreListener
{
    /// <summary>The tables.</summary>
    IReadOnlyCollection<string> Tables { get; }

    /// <summary>Rows with these keys were written or deleted, here or elsewhere.</summary>
    /// <exception cref="StorageException">They could not be read; it is asked again.</exception>
    void Changed(IReadOnlyCollection<string> keys);

    /// <summary>Any of them may have been.</summary>
    /// <exception cref="StorageException">They could not be read; it is asked again.</exception>
    void Reload();
}

/// <summary>Has something to exchange with the other servers whenever this one reads what they changed.</summary>
internal interface IStoreBeat
{
    /// <exception cref="StorageException">The database does not answer.</exception>
    void Beat();
}
