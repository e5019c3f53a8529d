using LiveFace.Redaction.Policy;

namespace LiveFace.Features.Server;

/// <summary>
/// What applies where a policy says nothing, and within which bounds it may say something: for pages to build their
/// controls from. <c>Defaults</c> in docs/reference/protocol.md.
/// </summary>
internal sealed record Defaults(DefaultPolicy Policy, DefaultHow How, PolicyFraming Framing, PolicyBounds Bounds)
{
    // A camera's usual picture; the promise goes with the picture's size.
    private const int UsualWidth = 640;
    private const int UsualHeight = 480;

    // Above the usual one of the largest usual picture, a smallest face changes nothing.
    private const int LargestWidth = 1920;
    private const int LargestHeight = 1080;

    public static Defaults OfThisServer { get; } = Read();

    private static Defaults Read()
    {
        var policy = new RedactionPolicy();
        var how = new RuleHow();
        return new(
            new(RedactionPolicy.UsualMaximumAgeMs, RedactionPolicy.UsualSmallestFace(UsualWidth, UsualHeight), policy.LookAheadFrames),
            new(how.Effect, how.Strength, RuleHow.UsualPadding),
            new(),
            new(
                new(PolicyLimits.ShortestAgeMs, PolicyLimits.LongestAgeMs),
                new(PolicyLimits.LeastFace, RedactionPolicy.UsualSmallestFace(LargestWidth, LargestHeight)),
                new(0, PolicyLimits.LookAheadFrames),
                new(PolicyLimits.LeastAge, PolicyLimits.MostAge),
                PolicyLimits.Rules,
                PolicyLimits.Zones));
    }
}

/// <param name="MaximumAgeMs">How old a look may be.</param>
/// <param name="SmallestFace">The smallest face of the promise in a picture of 640 by 480.</param>
/// <param name="LookAheadFrames">For how many frames the output waits.</param>
internal sealed record DefaultPolicy(int MaximumAgeMs, int SmallestFace, int LookAheadFrames);

internal sealed record DefaultHow(RuleEffect Effect, int Strength, float Padding);

internal sealed record PolicyBounds(Bounds MaximumAgeMs, Bounds SmallestFace, Bounds LookAheadFrames, Bounds AgeUnder, int Rules, int Zones);

internal readonly record struct Bounds(int Least, int Most);
