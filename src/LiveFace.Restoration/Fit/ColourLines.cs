namespace LiveFace.Restoration.Fit;

/// <summary>Finds the line that shifts have most of their spread along, and its ends, which are the means of two groups of them.</summary>
internal static class ColourLines
{
    private const int Rounds = 4;
    private const int GroupRounds = 12;

    // In the first rounds all of a group count.
    private const int PlainRounds = 6;

    // What is so far from its group counts a quarter.
    private const double Group = 20;

    /// <summary>The line; null where there are no shifts.</summary>
    public static ColourLine? Of(List<ColourShift> shifts)
    {
        if (shifts.Count == 0)
            return null;
        var weights = shifts.ConvertAll(shift => shift.Counts).ToArray();
        var (at, beside, sorted) = (new double[shifts.Count], new double[shifts.Count], new double[shifts.Count]);
        var (middle, along) = (default(Colour), default(Colour));
        for (var round = 0; round < Rounds; round++)
        {
            middle = Middle(shifts, weights);
            along = Along(shifts, weights, middle);
            for (var i = 0; i < at.Length; i++)
            {
                var off = shifts[i].Shift - middle;
                at[i] = off.Dot(along);
                beside[i] = Math.Sqrt(Math.Max(0, (off.Squared - at[i] * at[i]) / 3));
            }

            beside.CopyTo(sorted, 0);
            Array.Sort(sorted);
            var far = 1.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2 + 1;
            for (var i = 0; i < at.Length; i++)
            {
                var near = 1 + beside[i] / far * (beside[i] / far);
                weights[i] = shifts[i].Counts / (near * near);
            }
        }

        var (low, high) = Groups(at, weights);
        return new ColourLine(middle + along * low, middle + along * high);
    }

    private static Colour Middle(List<ColourShift> shifts, double[] weights)
    {
        var (sum, total) = (default(Colour), 0.0);
        for (var i = 0; i < weights.Length; i++)
            (sum, total) = (sum + shifts[i].Shift * weights[i], total + weights[i]);
        return sum * (1 / total);
    }

    /// <summary>The direction of most spread: what a vector turns to when the spread is laid on it again and again.</summary>
    private static Colour Along(List<ColourShift> shifts, double[] weights, Colour middle)
    {
        var (red, green, blue) = (default(Colour), default(Colour), default(Colour));
        for (var i = 0; i < weights.Length; i++)
        {
            var off = shifts[i].Shift - middle;
            (red, green, blue) = (red + off * (off.R * weights[i]), green + off * (off.G * weights[i]), blue + off * (off.B * weights[i]));
        }

        // The longest of the rows is none that has nothing of that direction.
        var along = red.Squared > green.Squared && red.Squared > blue.Squared ? red : green.Squared > blue.Squared ? green : blue;
        for (var turn = 0; turn < 64 && along.Squared > 0; turn++)
        {
            along *= 1 / Math.Sqrt(along.Squared);
            along = new Colour(red.Dot(along), green.Dot(along), blue.Dot(along));
        }

        return along.Squared > 0 ? along * (1 / Math.Sqrt(along.Squared)) : default;
    }

    private static (double Low, double High) Groups(double[] at, double[] weights)
    {
        var (spread, total) = (0.0, 0.0);
        for (var i = 0; i < at.Length; i++)
            (spread, total) = (spread + weights[i] * at[i] * at[i], total + weights[i]);
        var high = Math.Sqrt(spread / total);
        var low = -high;
        for (var round = 0; round < GroupRounds; round++)
        {
            var (lower, upper) = ((Sum: 0.0, Weight: 0.0), (Sum: 0.0, Weight: 0.0));
            for (var i = 0; i < at.Length; i++)
            {
                var isUpper = Math.Abs(at[i] - high) < Math.Abs(at[i] - low);
                var off = (at[i] - (isUpper ? high : low)) / Group;
                var weight = round < PlainRounds ? weights[i] : weights[i] / ((1 + off * off) * (1 + off * off));
                if (isUpper)
                    upper = (upper.Sum + weight * at[i], upper.Weight + weight);
                else
                    lower = (lower.Sum + weight * at[i], lower.Weight + weight);
            }

            (low, high) = (lower.Sum / Math.Max(lower.Weight, 1e-12), upper.Sum / Math.Max(upper.Weight, 1e-12));
        }

        return (low, high);
    }
}
