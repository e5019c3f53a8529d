using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Marks;

/// <summary>Says what is wrong with marks, naming each field.</summary>
internal static class MarksValidator
{
    public static IReadOnlyList<PolicyProblem> Validate(PictureMarks marks)
    {
        var checks = new PolicyChecks();
        checks.AtMost("marks.hide", marks.Hide.Count, MarkLimits.Hide, "shapes");
        checks.AtMost("marks.keep", marks.Keep.Count, MarkLimits.Keep, "finds");
        for (var i = 0; i < Math.Min(marks.Hide.Count, MarkLimits.Hide); i++)
            Hide($"marks.hide[{i}]", marks.Hide[i], checks);
        for (var i = 0; i < Math.Min(marks.Keep.Count, MarkLimits.Keep); i++)
            Keep($"marks.keep[{i}]", marks.Keep[i], checks);
        return checks.Problems;
    }

    private static void Hide(string field, HideMark mark, PolicyChecks checks)
    {
        if (mark is null)
        {
            checks.Add(field, "must be an object with a shape and a box or points");
            return;
        }

        checks.Defined($"{field}.shape", mark.Shape);
        if (mark.Shape is HideShape.Rectangle or HideShape.Ellipse)
        {
            Absent($"{field}.points", mark.Points, checks);
            if (mark.Box is { } box)
                Box($"{field}.box", box, checks);
            else
                checks.Add($"{field}.box", "must be given for a rectangle or an ellipse");
        }
        else
        {
            Absent($"{field}.box", mark.Box, checks);
            Points(field, mark, checks);
        }

        if (mark.Shape != HideShape.Brush)
            Absent($"{field}.width", mark.Width, checks);
        else if (!(mark.Width is > 0 and <= 1))
            checks.Add($"{field}.width", "must be over 0 and at most 1: a part of the picture's shorter side");
        if (mark.Class is { } name)
            checks.Name($"{field}.class", name, "what it is, in a word");
        if (mark.How is { } how)
            HowValidator.Validate($"{field}.how", how, mustHide: true, checks);
    }

    private static void Points(string field, HideMark mark, PolicyChecks checks)
    {
        var least = mark.Shape == HideShape.Brush ? 1 : 3;
        if (mark.Points is not { } points || points.Count < least || points.Count > MarkLimits.Points)
        {
            checks.Add($"{field}.points", $"must be {least} to {MarkLimits.Points} points");
            return;
        }

        for (var i = 0; i < points.Count; i++)
        {
            checks.Between($"{field}.points[{i}].x", points[i].X, 0, 1);
            checks.Between($"{field}.points[{i}].y", points[i].Y, 0, 1);
        }
    }

    private static void Keep(string field, KeepMark mark, PolicyChecks checks)
    {
        if (mark is null)
        {
            checks.Add(field, "must be an object with a model and a box");
            return;
        }

        checks.Name($"{field}.model", mark.Model, "a job such as \"faces\" or a model's id");
        Box($"{field}.box", mark.Box, checks);
    }

    private static void Box(string field, ZoneBox box, PolicyChecks checks)
    {
        checks.Between($"{field}.x", box.X, 0, 1);
        checks.Between($"{field}.y", box.Y, 0, 1);
        checks.Between($"{field}.width", box.Width, 0, 1);
        checks.Between($"{field}.height", box.Height, 0, 1);
        if (box.Width == 0 || box.Height == 0)
            checks.Add(field, "must have a width and a height over 0");
    }

    private static void Absent<T>(string field, T? value, PolicyChecks checks)
    {
        if (value is not null)
            checks.Add(field, "must be left out of this shape");
    }
}
