namespace LiveFace.Redaction.Policy;

/// <summary>Which part of a found thing's box a rule works on.</summary>
public enum RuleWhere
{
    /// <summary>The box itself.</summary>
    Box,

    /// <summary>The ellipse through the box's corners, so that the whole box lies inside.</summary>
    Ellipse,

    /// <summary>The thing's own outline where the model gives one, its box where not.</summary>
    Outline,
}
