using System.Text;
using LiveFace.Restoration.Drift;

namespace LiveFace.Restoration.Tests;

/// <summary>The alarm goes off when inputs move, and stays silent while they are the same.</summary>
public sealed class DriftTests
{
    private static readonly Dictionary<string, ReferenceHistogram> Reference = new(StringComparer.Ordinal)
    {
        ["brightness"] = Eighths(0, 255), ["sharpness"] = Eighths(2, 30), ["mask_share"] = Eighths(0, 0.4), ["confidence"] = Eighths(0.6, 1),
        ["residual_energy"] = Eighths(5, 60), ["size"] = Eighths(300, 3000),
    };

    [Fact]
    public void Inputs_as_in_the_card_move_nothing()
    {
        foreach (var seed in Enumerable.Range(0, 20))
        {
            var drift = new MarkDrift(Reference);
            Send(drift, 2 * MarkDrift.Window, seed);
            drift.Indices().ShouldAllBe(one => one.Index < 0.1, $"seed {seed}");
        }
    }

    [Fact]
    public void Inputs_that_shift_raise_the_measure_that_shifted_and_no_other()
    {
        var drift = new MarkDrift(Reference);
        Send(drift, MarkDrift.Window, 1);
        // Darker pictures; all else is as it was.
        Send(drift, MarkDrift.Window, 2, one => one with { Brightness = one.Brightness * 0.5 });
        foreach (var (measure, index) in drift.Indices())
            if (measure == "brightness")
                index.ShouldBeGreaterThan(MarkDrift.Moved);
            else
                index.ShouldBeLessThan(0.1, measure);
    }

    [Fact]
    public void A_net_that_finds_less_or_is_less_sure_is_seen()
    {
        var drift = new MarkDrift(Reference);
        Send(drift, MarkDrift.Window, 3, one => one with { MaskShare = one.MaskShare * 0.3, Confidence = one.Confidence - 0.15 });
        var moved = drift.Indices().Where(one => one.Index > MarkDrift.Moved).Select(one => one.Measure);
        moved.ShouldBe(["mask_share", "confidence"], ignoreOrder: true);
    }

    [Fact]
    public void The_alarm_ends_when_inputs_are_again_as_they_were()
    {
        var drift = new MarkDrift(Reference);
        Send(drift, MarkDrift.Window, 4, one => one with { Size = 200 });
        drift.Indices().Single(one => one.Measure == "size").Index.ShouldBeGreaterThan(MarkDrift.Moved);
        Send(drift, MarkDrift.Window, 5);
        drift.Indices().ShouldAllBe(one => one.Index < 0.1);
    }

    [Fact]
    public void A_few_pictures_say_nothing_and_pictures_without_a_mark_have_no_confidence()
    {
        var drift = new MarkDrift(Reference);
        Send(drift, MarkDrift.Least - 1, 6, one => one with { Brightness = 0, Confidence = null, ResidualEnergy = null });
        drift.Indices().ShouldAllBe(one => one.Index == 0);
        Send(drift, MarkDrift.Window, 7, one => one with { Brightness = 0, Confidence = null, ResidualEnergy = double.NaN });
        drift.Indices().Where(one => one.Measure is "confidence" or "residual_energy").ShouldAllBe(one => one.Index == 0);
        drift.Indices().Single(one => one.Measure == "brightness").Index.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Without_a_card_nothing_moves()
    {
        Send(MarkDrift.WithoutReference, MarkDrift.Window, 8);
        MarkDrift.WithoutReference.Indices().ShouldAllBe(one => one.Index == 0);
        MarkDrift.WithoutReference.Indices().Count.ShouldBe(6);
    }

    [Fact]
    public void The_index_is_the_sum_over_bins_and_what_lies_outside_counts_at_the_ends()
    {
        var reference = new ReferenceHistogram([0, 1, 2], [0.5, 0.5]);
        reference.IndexOf([5, 5]).ShouldBe(0, 1e-12);
        reference.IndexOf([8, 2]).ShouldBe(0.3 * Math.Log(0.8 / 0.5) - 0.3 * Math.Log(0.2 / 0.5), 1e-12);
        reference.IndexOf([10, 0]).ShouldBe(0.5 * Math.Log(2) + (0.0001 - 0.5) * Math.Log(0.0001 / 0.5), 1e-12);
        new[] { -9, 0.5, 1, 1.5, 2, 99 }.Select(reference.BinOf).ShouldBe([0, 0, 1, 1, 1, 1]);
    }

    [Fact]
    public void A_card_is_read_and_one_that_is_none_says_why()
    {
        var card = Read("""{"version":1,"model":"x","histograms":{"size":{"edges":[1,2,3],"shares":[0.25,0.75],"count":8},"other":{}}}""");
        card["size"].Shares.ShouldBe([0.25, 0.75]);
        foreach (var (json, words) in ((string, string)[])
        [
            ("no JSON", "no card"), ("{}", "no card"), ("""{"version":2,"histograms":{}}""", "version"), ("""{"version":1,"histograms":{}}""", "mask_share"),
            ("""{"version":1,"histograms":{"size":{"edges":[1,2],"shares":[0.5,0.5]}}}""", "'size'"),
            ("""{"version":1,"histograms":{"size":{"edges":[2,1,3],"shares":[0.5,0.5]}}}""", "rise"),
            ("""{"version":1,"histograms":{"size":{"edges":[1,2,3],"shares":[0.5,0.9]}}}""", "add up"),
            ("""{"version":1,"histograms":{"size":{"edges":[1,2,3],"shares":["a","b"]}}}""", "no card"),
        ])
            Should.Throw<InvalidDataException>(() => Read(json)).Message.ShouldContain(words, customMessage: json);
    }

    private static IReadOnlyDictionary<string, ReferenceHistogram> Read(string json) => ReferenceCard.Read(Encoding.UTF8.GetBytes(json));

    /// <summary>Pictures as the reference has them, changed as the test says.</summary>
    private static void Send(MarkDrift drift, int count, int seed, Func<MarkMeasures, MarkMeasures>? change = null)
    {
        var chance = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var one = new MarkMeasures(
                Between(0, 0.4), Between(0.6, 1), Between(5, 60), Between(300, 3000), Between(0, 255), Between(2, 30));
            drift.Add(change?.Invoke(one) ?? one);
        }

        double Between(double low, double high) => low + chance.NextDouble() * (high - low);
    }

    private static ReferenceHistogram Eighths(double low, double high) =>
        new([.. Enumerable.Range(0, 9).Select(i => low + (high - low) * i / 8)], [.. Enumerable.Repeat(0.125, 8)]);
}
