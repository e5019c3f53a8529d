using LiveFace.Media;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;

namespace LiveFace.Films.Looks;

/// <summary>What reads the faces that a policy goes by.</summary>
public static class PolicyReaders
{
    /// <summary>
    /// Opens it, prepared first where it is not; null where the policy reads nothing, and where it could not be opened: then nobody
    /// is shown for their age.
    /// </summary>
    public static async Task<IFaceReaders?> OpenAsync(RedactionPolicy policy, Detectors detectors, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(detectors);
        var traits = PolicySnapshot.ReadBy(policy);
        if (traits == FaceTraits.None)
            return null;
        try
        {
            return await detectors.GetReadersAsync(traits, progress: null, cancel);
        }
        catch (Exception missing) when (missing is ModelException or ModelRefusedException or InferenceException)
        {
            FaultReports.Report("reader", missing);
            return null;
        }
    }
}
