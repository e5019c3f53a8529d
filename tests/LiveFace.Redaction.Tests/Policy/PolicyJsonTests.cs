using System.Text;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests.Policy;

public sealed class PolicyJsonTests
{
    [Fact]
    public void Each_preset_is_valid_and_survives_a_round_trip()
    {
        foreach (var preset in PolicyPresets.All)
        {
            PolicyValidator.Validate(preset).ShouldBeEmpty();
            PolicyJson.TryRead(PolicyJson.Write(preset), out var read, out var problems).ShouldBeTrue(string.Join("; ", problems));
            Encoding.UTF8.GetString(PolicyJson.Write(read!)).ShouldBe(Encoding.UTF8.GetString(PolicyJson.Write(preset)));
        }
    }

    [Fact]
    public void A_presets_name_alone_stands_for_the_preset()
    {
        Read("""{"preset":"hide-persons"}""").ShouldBe(PolicyPresets.HidePersons);
        PolicyReading.Problem("""{"preset":"hide-cats"}""").ShouldBe(new PolicyProblem("preset",
            "must be one of blur-faces, overlay-boxes, hide-persons, hide-all-but, cover-everything"));
    }

    [Fact]
    public void A_whole_policy_is_read()
    {
        var policy = Read("""
            {
              "version": 12, "preset": "mine", "strict": true, "maximumAgeMs": 250, "lookAheadFrames": 2,
              "rules": [
                { "when": { "model": "faces", "classes": "all", "exceptTrackIds": [3] }, "where": "ellipse",
                  "how": { "effect": "blur", "strength": 70, "padding": 0.2 } },
                { "when": { "model": "objects", "classes": ["person", "dog"], "minScore": 0.4, "trackIds": [1, 2] },
                  "where": "outline", "how": { "effect": "solid", "color": "#102030" } },
                { "when": { "model": "text" }, "where": "box", "how": { "effect": "box", "label": true } }
              ],
              "zones": [
                { "id": "door", "shape": "rectangle", "box": { "x": 0.1, "y": 0.2, "width": 0.3, "height": 0.4 } },
                { "shape": "polygon", "points": [{"x":0,"y":0},{"x":1,"y":0},{"x":0,"y":1}], "how": { "effect": "mosaic" } }
              ],
              "background": { "effect": "blur" }, "watermark": { "text": "private" }
            }
            """);
        policy.Rules[1].When.Classes.ShouldBe(["person", "dog"]);
        policy.Rules[0].When.Classes.ShouldBeNull();
        policy.Zones[1].Points!.Count.ShouldBe(3);
        var snapshot = PolicySnapshot.Create(1, policy);
        snapshot.Models.ToArray().ShouldBe(["faces", "objects", "text", "outline"]);
        snapshot.NeededModels.ToArray().ShouldBe(["faces", "objects", "outline"]);
    }

    private static RedactionPolicy Read(string json)
    {
        PolicyJson.TryRead(Encoding.UTF8.GetBytes(json), out var policy, out var problems)
            .ShouldBeTrue(string.Join("; ", problems));
        return policy!;
    }
}
