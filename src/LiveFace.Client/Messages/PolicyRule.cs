namespace LiveFace.Client.Messages;

/// <summary>One line of a policy.</summary>
public sealed record PolicyRule(RuleWhen When, string Where, RuleHow How);
