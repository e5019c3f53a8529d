namespace LiveFace.Redaction.Policy;

/// <summary>Says what is wrong with how a picture follows people.</summary>
internal static class FramingValidator
{
    public static void Validate(RedactionPolicy policy, PolicyFraming framing, PolicyChecks checks)
    {
        checks.Defined("framing.subject", framing.Subject);
        checks.Between("framing.size", framing.Size, PolicyLimits.LeastFramedFace, PolicyLimits.MostFramedFace);
        checks.Between("framing.closest", framing.Closest, 1, PolicyLimits.ClosestFraming);
        if (policy.Rules.Count == 0)
            checks.Add("framing", "needs a rule that finds somebody; a rule whose effect is box marks and hides nothing");
    }
}
