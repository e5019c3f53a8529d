namespace LiveFace.Features.Jobs.Work;

/// <summary>Takes work back from whoever does it elsewhere.</summary>
internal interface IJobStop
{
    /// <summary>Takes a job's work back; where the job is gone, nothing of it stays.</summary>
    Task StopAsync(string job);
}
