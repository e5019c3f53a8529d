namespace LiveFace.Redaction.Policy;

/// <summary>Says what is wrong with one zone.</summary>
internal static class ZoneValidator
{
    public static void Validate(string field, PolicyZone zone, PolicyChecks checks)
    {
        if (zone is null)
        {
            checks.Add(field, "must be an object with a shape and a box or points");
            return;
        }

        if (zone.Id is { Length: > PolicyLimits.NameLength })
            checks.Add($"{field}.id", $"must be at most {PolicyLimits.NameLength} characters");
        checks.Defined($"{field}.shape", zone.Shape);
        if (zone.Shape == ZoneShape.Polygon)
            Corners(field, zone, checks);
        else
            Sides(field, zone, checks);
        if (zone.How is { } how)
            HowValidator.Validate($"{field}.how", how, mustHide: true, checks);
    }

    private static void Sides(string field, PolicyZone zone, PolicyChecks checks)
    {
        if (zone.Points is not null)
            checks.Add($"{field}.points", "must be left out unless the shape is polygon");
        if (zone.Box is not { } box)
        {
            checks.Add($"{field}.box", "must be given for a rectangle or an ellipse");
            return;
        }

        checks.Between($"{field}.box.x", box.X, 0, 1);
        checks.Between($"{field}.box.y", box.Y, 0, 1);
        checks.Between($"{field}.box.width", box.Width, 0, 1);
        checks.Between($"{field}.box.height", box.Height, 0, 1);
        if (box.Width == 0 || box.Height == 0)
            checks.Add($"{field}.box", "must have a width and a height over 0");
    }

    private static void Corners(string field, PolicyZone zone, PolicyChecks checks)
    {
        if (zone.Box is not null)
            checks.Add($"{field}.box", "must be left out of a polygon");
        if (zone.Points is not { Count: >= 3 and <= PolicyLimits.ZonePoints } points)
        {
            checks.Add($"{field}.points", $"must be 3 to {PolicyLimits.ZonePoints} points");
            return;
        }

        for (var i = 0; i < points.Count; i++)
        {
            checks.Between($"{field}.points[{i}].x", points[i].X, 0, 1);
            checks.Between($"{field}.points[{i}].y", points[i].Y, 0, 1);
        }
    }
}
