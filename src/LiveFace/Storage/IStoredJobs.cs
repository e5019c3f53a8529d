namespace LiveFace.Storage;

/// <summary>Each job as JSON, in the order in which they were made. A change is on the disk before it counts.</summary>
internal interface IStoredJobs
{
    List<string> All();

    /// <exception cref="StorageException">It is not kept.</exception>
    void Save(string id, DateTimeOffset created, string json);

    /// <exception cref="StorageException">It is still there.</exception>
    void Remove(string id);
}
