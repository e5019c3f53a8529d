using System.Text.Json.Nodes;
using LiveFace.Features.Jobs.State;
using LiveFace.Features.Jobs.Work;
using LiveFace.Films.Review;

namespace LiveFace.Features.Jobs.Proof;

/// <summary>Makes the report of a job that is done out of what its worker left.</summary>
internal static class JobReports
{
    public static JobReport Of(JobRecord job, JobFolder files)
    {
        var outcome = JobOutcomes.Read(files.Vault, files.Outcome(job.Generation)) ?? throw new FileNotFoundException("The job's outcome is gone.");
        var result = outcome.Result;
        return new JobReport
        {
            Job = job.Id, Name = job.Name, Uploaded = new ReportHand(job.By, job.Created), SignedOff = job.SignedOff, Finished = outcome.At,
            Input = new ReportInput(job.Bytes, outcome.InputSha256, job.Film),
            Output = new ReportOutput(
                result.Bytes, result.Sha256, result.Type, result.Pictures, result.Covered, result.Tracks, result.Rounds, result.FoundAgain, result.Left),
            Policy = JsonNode.Parse(outcome.Policy)!,
            Models = outcome.Models,
            Edits = [.. EditLog.Read(files.Edits, files.Vault).Edits.Take(outcome.Edits).Select(edit => JsonNode.Parse(EditText.Write(edit))!)],
            LeastCertain = outcome.LeastCertain,
            Audit = job.Audit ?? throw new InvalidOperationException("A job that is done has its line in the audit log."),
        };
    }
}
