using LiveFace.Vision.Attributes;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Tests.Readings;

/// <summary>
/// The promise of a rule for an age, held against whatever may happen: a face is shown only while it was read at least three times
/// since the last doubt about who it is, the newest and all together with nothing of the range, and of half as much below it, at the age or under it.
/// </summary>
public sealed class AgeRuleProperties : ReadingRig
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Nobody_is_shown_without_readings_that_leave_no_doubt(int seed)
    {
        var random = new Random(seed);
        var faces = Enumerable.Range(1, 3).Select(id => new Known(id, new BoxF(20 + 100 * (id - 1), 60, 80 + 100 * (id - 1), 130))).ToArray();
        var shown = 0;
        for (var i = 0; i < 20_000; i++)
        {
            if (random.Next(400) == 0)
            {
                Cut();
                foreach (var face in faces)
                    face.Doubt();
            }

            var tracks = faces.Where(face => face.Step(random)).Select(face => face.AsTrack(this)).ToArray();
            Frame(tracks);
            foreach (var face in faces)
            {
                if (IsShown(face.Id))
                {
                    shown++;
                    face.IsBeyondDoubt(Now).ShouldBeTrue($"frame {i}, face {face.Id}");
                }

                if (face.IsThere && random.Next(3) > 0)
                    face.Read(random, this);
            }
        }

        shown.ShouldBeGreaterThan(500, "it shows adults at all");
    }

    private sealed class Known(int id, BoxF box)
    {
        private readonly List<FaceReading> _sinceDoubt = [];
        private TimeSpan _readAt;
        private float _years = 40;
        private bool _coasts;

        public int Id => id;

        public bool IsThere { get; private set; } = true;

        public void Doubt() => _sinceDoubt.Clear();

        /// <summary>One frame more; whether it is in it.</summary>
        public bool Step(Random random)
        {
            _coasts = random.Next(150) == 0;
            if (_coasts)
                Doubt();
            if (random.Next(200) != 0)
                return IsThere;
            IsThere = !IsThere;
            // Somebody else may be there under the number.
            _years = random.Next(4) == 0 ? random.Next(5, 18) : random.Next(18, 70);
            Doubt();
            return IsThere;
        }

        public Track AsTrack(AgeRuleProperties rig) => rig.Face(id, box, TimeSpan.MaxValue) with { Coasting = _coasts };

        public void Read(Random random, AgeRuleProperties rig)
        {
            FaceReading? reading = random.Next(40) switch
            {
                0 => null,
                1 => new FaceReading(new AgeReading(float.NaN, 30, 40), null, null),
                2 => new FaceReading(null, null, null),
                _ => Aged(_years + random.NextSingle() * 10 - 5, 1 + random.NextSingle() * 6),
            };
            rig.Read(id, reading);
            if (_coasts)
                return;
            if (reading is { Age: { } age } known && float.IsFinite(age.Years))
                Take(known, rig.Now);
            else
                Doubt();
        }

        private void Take(in FaceReading reading, TimeSpan now)
        {
            _sinceDoubt.Add(reading);
            _readAt = now;
        }

        /// <summary>By nothing but what happened: the newest reading, and the mean of all that an age was read in since the doubt.</summary>
        public bool IsBeyondDoubt(TimeSpan now) =>
            !_coasts && IsThere && _sinceDoubt.Count >= 3 && now - _readAt <= TimeSpan.FromSeconds(3) &&
            Least(_sinceDoubt[^1]) > Limit && MeanLeast() > Limit - 0.01f;

        private static float Least(in FaceReading reading) => reading.Age!.Value.Years - 1.5f * (reading.Age.Value.Years - reading.Age.Value.Low);

        // Newer readings count for more; written out anew here.
        private float MeanLeast()
        {
            var (sum, weights) = (0.0, 0.0);
            for (var i = 0; i < _sinceDoubt.Count; i++)
            {
                var weight = Math.Pow(0.85, _sinceDoubt.Count - 1 - i);
                (sum, weights) = (sum + weight * Least(_sinceDoubt[i]), weights + weight);
            }

            return (float)(sum / weights);
        }
    }
}
