namespace LiveFace.Redaction.Policy;

/// <summary>Says what is wrong with one rule.</summary>
internal static class RuleValidator
{
    public static void Validate(string field, PolicyRule rule, PolicyChecks checks)
    {
        if (rule is null)
        {
            checks.Add(field, "must be an object with when, where and how");
            return;
        }

        var when = rule.When;
        checks.Name($"{field}.when.model", when.Model, "a job such as \"faces\" or a model's id");
        checks.Names($"{field}.when.classes", when.Classes);
        if (when.Classes is { Count: 0 })
            checks.Add($"{field}.when.classes", "must be \"all\" or name at least one label");
        checks.Names($"{field}.when.exceptClasses", when.ExceptClasses);
        checks.AtMost($"{field}.when.trackIds", when.TrackIds?.Count ?? 0, PolicyLimits.Selectors);
        if (when.TrackIds is { Count: 0 })
            checks.Add($"{field}.when.trackIds", "must be left out or name at least one track: a rule for no track hides nothing");
        checks.AtMost($"{field}.when.exceptTrackIds", when.ExceptTrackIds.Count, PolicyLimits.Selectors);
        if (when.AgeUnder is { } age)
        {
            checks.Between($"{field}.when.ageUnder", age, PolicyLimits.LeastAge, PolicyLimits.MostAge);
            if (!rule.How.Effect.Hides())
                checks.Add($"{field}.when.ageUnder", "must be left out of a rule that hides nothing");
        }

        checks.AtMost($"{field}.when.exceptPeople", when.ExceptPeople.Count, PolicyLimits.People);
        for (var i = 0; i < Math.Min(when.ExceptPeople.Count, PolicyLimits.People); i++)
            checks.Name($"{field}.when.exceptPeople[{i}]", when.ExceptPeople[i], "the id of somebody enrolled");
        if (when.MinScore is { } score)
            checks.Between($"{field}.when.minScore", score, 0, 1);
        checks.Defined($"{field}.where", rule.Where);
        HowValidator.Validate($"{field}.how", rule.How, mustHide: false, checks);
    }
}
