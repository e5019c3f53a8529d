using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests.FailClosed;

/// <summary>
/// Drives the rules with random rows of events and holds every decision against the promise written out in full:
/// the whole history is kept and searched, with nothing of the implementation's shortcuts.
/// </summary>
public sealed class FailClosedPropertyTests
{
    private static readonly string[] Models = ["faces", "objects", "text"];

    private sealed record Seen(FrameMark Mark, TimeSpan Time, int Width, int Height, int Rotation, int Scene, int Run);

    private sealed record Success(string Model, Seen Frame);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_frame_is_shown_without_a_fresh_detection_of_each_needed_model_in_its_own_picture(int lookAhead)
    {
        var shown = 0;
        var covered = 0;
        for (var seed = 0; seed < 400; seed++)
            Run(seed * 10 + lookAhead, lookAhead, ref shown, ref covered);

        // Both sides of the promise were really walked through.
        shown.ShouldBeGreaterThan(5_000);
        covered.ShouldBeGreaterThan(5_000);
    }

    private static void Run(int seed, int lookAhead, ref int shown, ref int covered)
    {
        var random = new Random(seed);
        var rules = new FailClosedRules();
        var now = TimeSpan.FromSeconds(random.Next(1000));
        var frames = new List<Seen>();
        var successes = new List<Success>();
        var (width, height, rotation, scene, run) = (640, 480, 0, 0, 0);
        var policy = RandomPolicy(random);
        var usual = random.Next(2) == 0;

        for (var step = 0; step < 200; step++)
        {
            switch (random.Next(usual ? 60 : 20))
            {
                case 0: (width, height) = random.Next(2) == 0 ? (640, 480) : (320, 240); break;
                case 1: rotation = random.Next(4) * 90; break;
                case 2: scene++; break;
                case 3: run++; rules.SourceChanged(); break;
                case 4: policy = RandomPolicy(random); break;
                case 5: rules.Failed(Models[random.Next(3)], (DetectorTrouble)random.Next(1, 3)); break;
                case 6: now += TimeSpan.FromMilliseconds(random.Next(3000)); break;
            }

            now += TimeSpan.FromMilliseconds(random.Next(15, 60));
            var previous = frames.Count > 0 ? frames[^1] : null;
            var cut = previous is not null && previous.Scene != scene;
            if (previous is not null && now - previous.Time > TimeSpan.FromSeconds(1))
                run++;
            var mark = rules.Arrived(now, width, height, rotation, cut);
            frames.Add(new Seen(mark, now, width, height, rotation, scene, run));

            // Results come in any order, for any of the last frames, or not at all.
            foreach (var model in Models)
            {
                if (random.Next(3) == 0)
                    continue;
                var of = frames[^Math.Min(frames.Count, 1 + (usual ? random.Next(2) : random.Next(12)))];
                rules.Detected(model, of.Mark);
                successes.Add(new Success(model, of));
            }

            if (frames.Count <= lookAhead)
                continue;
            var frame = frames[^(1 + lookAhead)];
            var decision = rules.Decide(frame.Mark, policy);
            if (decision.IsCovered)
            {
                covered++;
                continue;
            }

            shown++;
            policy.Policy.Cover.ShouldBeFalse();
            foreach (var model in policy.NeededModels.ToArray())
                successes.Any(success => Allows(success, model, frame, policy, frames)).ShouldBeTrue(
                    $"seed {seed}, step {step}: frame {frame} was shown without {model}");
        }
    }

    private static bool Allows(Success success, string model, Seen frame, PolicySnapshot policy, List<Seen> frames)
    {
        var found = success.Frame;
        if (success.Model != model || (found.Time - frame.Time).Duration() > policy.MaximumAge)
            return false;
        if (policy.Policy.Strict && found.Mark.Index != frame.Mark.Index)
            return false;

        // Between the two, and at both, nothing about the picture changed.
        var from = (int)Math.Min(found.Mark.Index, frame.Mark.Index) - 1;
        var to = (int)Math.Max(found.Mark.Index, frame.Mark.Index) - 1;
        return frames[from..(to + 1)].TrueForAll(between =>
            (between.Width, between.Height, between.Rotation, between.Scene, between.Run) ==
            (frame.Width, frame.Height, frame.Rotation, frame.Scene, frame.Run));
    }

    private static PolicySnapshot RandomPolicy(Random random)
    {
        var rules = Models.Where(_ => random.Next(2) == 0)
            .Select(model => new PolicyRule { When = new() { Model = model } }).ToArray();
        return PolicySnapshot.Create(1, new RedactionPolicy
        {
            Rules = rules.Length == 0 ? PolicyPresets.BlurFaces.Rules : rules,
            Cover = random.Next(20) == 0,
            Strict = random.Next(4) == 0,
            MaximumAgeMs = random.Next(50, 1500),
        });
    }
}
