using System.Text;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;

namespace LiveFace.Features.Rooms;

/// <summary>What rooms begin with, and below which none of them goes. Both are a preset's name, or a policy as JSON.</summary>
internal sealed class PolicyOptions
{
    public const string Section = "Policy";

    /// <summary>In force where nobody has said anything else, and again when a publisher leaves.</summary>
    public string Default { get; set; } = PolicyPresets.BlurFaces.Preset!;

    /// <summary>Whatever it hides is hidden in every room, whoever asks for less; empty is no floor.</summary>
    public string Floor { get; set; } = "";

    /// <summary>The policies of all rooms. The options have been validated.</summary>
    public RoomPolicies Open(IRoomStore store) => new(store, Read(Default), Floor.Length == 0 ? null : Read(Floor));

    /// <summary>Reads a preset's name or a policy as JSON.</summary>
    public static bool TryRead(string text, out RedactionPolicy? policy, out IReadOnlyList<PolicyProblem> problems)
    {
        problems = [];
        if (text.TrimStart().StartsWith('{'))
            return PolicyJson.TryRead(Encoding.UTF8.GetBytes(text), out policy, out problems);
        policy = PolicyPresets.Find(text.Trim());
        if (policy is null)
            problems = [new("policy", $"must be a policy as JSON or one of {string.Join(", ", PolicyPresets.All.Select(preset => preset.Preset))}")];
        return policy is not null;
    }

    private static RedactionPolicy Read(string text) =>
        TryRead(text, out var policy, out _) ? policy! : throw new InvalidOperationException("A policy was not validated.");
}
